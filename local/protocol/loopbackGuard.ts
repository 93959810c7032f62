import type { IncomingMessage } from "node:http";
import {
  type Door,
  hostName,
  isConsoleElsewhere,
  isNavigation,
  originOfSite,
} from "./browserOrigins.ts";
import { remembered } from "./remembered.ts";

type Request = Pick<IncomingMessage, "headers" | "method" | "url" | "socket">;

/**
 * Why a request must not be served, or undefined if it may. A page of the web must not reach the endpoint
 * through the reader's browser: not under a foreign name that resolves to this machine (DNS rebinding), and
 * not by a request across sites. Nor must another page of this machine read or operate the console. AWS's SDKs
 * send neither `Origin` nor `Sec-Fetch-Site`.
 */
export function refusalOf(request: Request, door: Door): string | undefined {
  const { host = "", origin } = request.headers;
  if (!isLoopback(hostName(host))) {
    return `the Host header "${host}" is not a name of this machine (use 127.0.0.1 or localhost)`;
  }
  if (origin !== undefined && !isLoopback(hostName(origin.replace(/^https?:\/\//, "")))) {
    return `the page "${origin}" is not served by this machine`;
  }
  return door === "console" ? refusalOfConsole(request, host) : refusalAcrossSites(request, door);
}

function refusalOfConsole(request: Request, host: string): string | undefined {
  const { origin, "sec-fetch-site": site } = request.headers;
  if (origin !== undefined && origin.replace(/^https?:\/\//, "") !== host) {
    return `the page "${origin}" is not the console`;
  }
  if (request.method === "GET" && isNavigation(request)) {
    return site === "cross-site" && request.url !== "/"
      ? "a page of another site sent it"
      : undefined;
  }
  if (site === "cross-site") return "a page of another site sent it";
  if (site === "same-site") return "a page of another origin sent it";
  return isConsoleElsewhere(request)
    ? "the program's sites have this origin, too (use 127.0.0.1)"
    : undefined;
}

/**
 * Sites may be linked from anywhere, and pages of this machine may call the endpoint: `localhost` and `127.0.0.1`
 * are two sites to a browser.
 */
function refusalAcrossSites(request: Request, door: Door): string | undefined {
  const { origin, "sec-fetch-site": site } = request.headers;
  // An origin that is stated is one of this machine by now.
  if (site !== "cross-site" || origin !== undefined) return undefined;
  if (door === "site" && request.method === "GET" && isNavigation(request)) return undefined;
  return originOfSite(request) === undefined ? "a page of another site sent it" : undefined;
}

const isLoopback = remembered(
  1000,
  (name) =>
    name === "localhost" ||
    name.endsWith(".localhost") ||
    name === "::1" ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(name),
);
