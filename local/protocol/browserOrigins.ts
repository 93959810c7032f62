import type { IncomingMessage } from "node:http";
import { TLSSocket } from "node:tls";
import { remembered } from "./remembered.ts";

/**
 * Two names of this machine are two origins to a browser, which keeps the pages of one from the other: the
 * console has this one, and the program's sites have `localhost`.
 */
const consoleName = "127.0.0.1";
const sitesName = "localhost";

/** What a request is for. */
export type Door = "console" | "site" | "service";

export type DoorOptions = {
  /** Below this path the program's sites are served. @default there are none */
  readonly sitePath?: string;
};

type Request = Pick<IncomingMessage, "headers" | "method" | "url" | "socket">;

export function doorOf({ headers, method, url = "/" }: Request, { sitePath }: DoorOptions): Door {
  if (sitePath !== undefined && url.startsWith(sitePath)) return "site";
  if (url.startsWith("/_fanout/")) return "console";
  // `bucket.localhost` names a bucket, whose list anyone may ask for.
  const isOfBucket = hostName(headers.host ?? "").endsWith(".localhost");
  const isRoot = method === "GET" && url === "/" && !headers.authorization && !isOfBucket;
  return isRoot ? "console" : "service";
}

/** Whether a browser shows what it gets, in a window or a frame. */
export function isNavigation({ headers }: Request): boolean {
  return headers["sec-fetch-mode"] === "navigate";
}

/** Where a browser has to open a page instead, or undefined if it is at the right origin. */
export function otherOrigin(request: Request, door: Door): string | undefined {
  if (door === "service" || !isNavigation(request)) return undefined;
  const { host = "" } = request.headers;
  const wanted = door === "site" ? sitesName : consoleName;
  if (hostName(host) === wanted) return undefined;
  return `${schemeOf(request)}://${wanted}${portOf(host)}${request.url}`;
}

/**
 * Whether a browser asks for the console under a name that the pages of sites have, too. Other clients, such as
 * `fetch` of Node, may send a mode, but not from which site they do.
 */
export function isConsoleElsewhere({ headers }: Request): boolean {
  const isBrowser = headers["sec-fetch-site"] !== undefined;
  return isBrowser && hostName(headers.host ?? "") !== consoleName;
}

/** The origin of the program's sites, if one of their pages has sent the request from there. */
export function originOfSite(request: Request): string | undefined {
  const { host = "", origin, referer } = request.headers;
  if (origin === undefined && referer === undefined) return undefined;
  const sites = `${schemeOf(request)}://${sitesName}${portOf(host)}`;
  const sender = origin ?? (referer && URL.canParse(referer) ? new URL(referer).origin : undefined);
  return sender === sites ? sites : undefined;
}

/** The name or address in `name:port`, without the brackets of an IPv6 address. */
export const hostName = remembered(1000, (host) => {
  const inBrackets = /^\[([^\]]*)\](?::\d*)?$/.exec(host)?.[1];
  return (inBrackets ?? host.replace(/:\d*$/, "")).toLowerCase();
});

function schemeOf({ socket }: Request): "http" | "https" {
  return socket instanceof TLSSocket ? "https" : "http";
}

function portOf(host: string): string {
  return /:\d+$/.exec(host)?.[0] ?? "";
}
