import type { IncomingMessage } from "node:http";

/**
 * Why a request must not be served, or undefined if it may. The endpoint accepts any credentials, so
 * a page of the web must not reach it through the reader's browser: not under a foreign name that
 * resolves to this machine (DNS rebinding), and not by a request across sites. AWS's SDKs send
 * neither `Origin` nor `Sec-Fetch-Site`.
 */
export function refusalOf(
  request: Pick<IncomingMessage, "headers" | "method" | "url">,
): string | undefined {
  const { host, origin, "sec-fetch-site": site, "sec-fetch-mode": mode } = request.headers;
  if (!isLoopback(hostName(host ?? ""))) {
    return `the Host header "${host ?? ""}" is not a name of this machine (use 127.0.0.1 or localhost)`;
  }
  if (origin !== undefined && !isLoopback(hostName(origin.replace(/^https?:\/\//, "")))) {
    return `the page "${origin}" is not served by this machine`;
  }
  const opensTheConsole = request.method === "GET" && mode === "navigate" && request.url === "/";
  if (site === "cross-site" && !opensTheConsole) {
    return "a page of another site sent it";
  }
  return undefined;
}

/** The name or address in `name:port`, without the brackets of an IPv6 address. */
function hostName(host: string): string {
  const inBrackets = /^\[([^\]]*)\](?::\d*)?$/.exec(host)?.[1];
  return (inBrackets ?? host.replace(/:\d*$/, "")).toLowerCase();
}

function isLoopback(name: string): boolean {
  return (
    name === "localhost" ||
    name.endsWith(".localhost") ||
    name === "::1" ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(name)
  );
}
