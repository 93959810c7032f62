import type { IncomingMessage, ServerResponse } from "node:http";
import { textReply, type WebReply, type WebRequest } from "../protocol/webMessage.ts";
import type { Web } from "./web.ts";

/** The distributions and APIs that are served, by name. */
export type Sites = Pick<Web, "has" | "domains" | "answer">;

/** Where they are served: each below its name. */
export const webPath = "/_fanout/web/";

/**
 * Where each site is served, without a slash at the end, by the domain that it would have on AWS.
 *
 * @param endpoint `http://127.0.0.1:4566`
 */
export function siteUrls(sites: Sites, endpoint: string): ReadonlyMap<string, string> {
  const domains = [...sites.domains()];
  return new Map(domains.map(([name, domain]) => [domain, `${endpoint}${webPath}${name}`]));
}

/** Larger bodies are truncated: an HTTP API rejects them anyway. */
const mostBytes = 10 * 1024 * 1024 + 1;

/**
 * Answers a request below `webPath`: `/_fanout/web/<distribution>/<path>`.
 *
 * @param onFailure called for an internal failure; the browser gets 500
 */
export async function serveWeb(
  sites: Sites,
  request: IncomingMessage,
  response: ServerResponse,
  onFailure: (message: string, error: unknown) => void,
): Promise<void> {
  try {
    send(await answer(sites, request), request, response);
  } catch (error) {
    // The browser disconnected before it had sent everything.
    if (request.destroyed && !request.complete) return;
    onFailure(`${request.method} ${request.url} failed`, error);
    send(textReply(500, `Fanout's local cloud failed: ${error}`), request, response);
  }
}

async function answer(sites: Sites, request: IncomingMessage): Promise<WebReply> {
  const [target = "", query = ""] = split(request.url ?? "", "?");
  const [name = "", path] = split(target.slice(webPath.length), "/");
  if (!sites.has(name)) return textReply(404, `There is no site at ${target}.`);
  // Relative links of the page need the slash.
  if (path === undefined) return { status: 308, headers: { location: `${target}/` }, body: "" };
  return sites.answer(name, {
    method: request.method ?? "GET",
    path: `/${path}`,
    sentPath: target,
    query,
    headers: headersOf(request),
    body: await readBody(request),
    sourceIp: request.socket.remoteAddress ?? "127.0.0.1",
  });
}

function split(text: string, separator: string): [string, string?] {
  const index = text.indexOf(separator);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)];
}

function headersOf({ headers }: IncomingMessage): WebRequest["headers"] {
  const known = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined
      ? []
      : [[name, typeof value === "string" ? value : value.join(",")] as const],
  );
  return Object.fromEntries(known);
}

/** Reads a body that is too large to its end: a caller that is still sending would miss the reply. */
async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (size < mostBytes) chunks.push(chunk);
    size += chunk.length;
  }
  return Buffer.concat(chunks);
}

function send(
  { status, headers, body }: WebReply,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const bytes = typeof body === "string" ? Buffer.from(body) : body;
  const hasLength = headers["content-length"] !== undefined || status === 204 || status === 304;
  const length = hasLength ? {} : { "content-length": String(bytes.length) };
  for (const [name, value] of Object.entries({ ...headers, ...length })) {
    response.setHeader(name, typeof value === "string" ? value : [...value]);
  }
  response.writeHead(status);
  response.end(request.method === "HEAD" ? undefined : bytes);
}
