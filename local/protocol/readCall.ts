import type { IncomingMessage, ServerResponse } from "node:http";
import { accountRootArn } from "../../aws/arn.ts";
import { owner, type Principal } from "./access.ts";
import { AwsError } from "./awsError.ts";
import type { Call } from "./call.ts";
import { signerOf } from "./signature.ts";

/** The largest accepted body, in bytes. Requests are read whole; larger objects are uploaded in parts. */
const maximumBodyBytes = 512 * 1024 * 1024;

export type CallContext = {
  /** The region of an unsigned call. */
  readonly region: string;
  readonly principalOf: (accessKeyId: string) => Principal;
};

/**
 * Reads a request whole.
 * @throws AwsError EntityTooLarge
 */
export async function readCall(
  request: IncomingMessage,
  response: ServerResponse,
  context: CallContext,
): Promise<Call> {
  const target = request.url ?? "/";
  const mark = target.indexOf("?");
  const query = new URLSearchParams(mark < 0 ? "" : target.slice(mark + 1));
  const signer = signerOf(request.headers, query);
  const principal =
    signer.accessKeyId === undefined ? owner : context.principalOf(signer.accessKeyId);
  const hungUp = new AbortController();
  response.once("close", () => {
    if (!response.writableEnded) hungUp.abort();
  });
  return {
    method: request.method ?? "GET",
    path: mark < 0 ? target : target.slice(0, mark),
    query,
    headers: headersOf(request),
    body: await readBody(request),
    service: signer.service,
    region: signer.region ?? context.region,
    principal,
    callerArn: arnOf(principal),
    signal: hungUp.signal,
  };
}

function headersOf(request: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = typeof value === "string" ? value : value.join(", ");
  }
  return headers;
}

/** A body over the limit is read to its end: a caller that is still sending would miss the reply. */
function readBody(request: IncomingMessage): Promise<Buffer> {
  let chunks: Buffer[] = [];
  let size = 0;
  // Events, because an iterator over the request takes as long as the rest of a small call.
  return new Promise((resolve, reject) => {
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > maximumBodyBytes) chunks = [];
      else chunks.push(chunk);
    });
    request.once("end", () => {
      if (size > maximumBodyBytes) reject(tooLarge(size));
      else resolve(joined(chunks, size));
    });
    request.once("error", reject);
    request.once("close", () => reject(new Error("the caller disconnected")));
  });
}

function joined(chunks: readonly Buffer[], size: number): Buffer {
  const [only] = chunks;
  return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, size);
}

function tooLarge(bytes: number): AwsError {
  return new AwsError(
    "EntityTooLarge",
    `Your proposed upload exceeds the maximum allowed size: it has ${bytes} bytes, and the local cloud accepts ${maximumBodyBytes} in one request. Upload it in parts.`,
  );
}

function arnOf(principal: Principal): string {
  switch (principal.kind) {
    case "role":
    case "user":
      return principal.arn;
    case "account":
      return accountRootArn(principal.account);
    case "service":
      return principal.name;
    case "anonymous":
      return "anonymous";
  }
}
