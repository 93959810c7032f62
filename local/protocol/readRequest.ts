import type { IncomingMessage } from "node:http";
import type { SignedRequest } from "./authentication/signedRequest.ts";
import { AwsError } from "./awsError.ts";

/** The largest accepted body, in bytes. Requests are read whole; larger objects are uploaded in parts. */
const maximumBodyBytes = 512 * 1024 * 1024;

/**
 * Reads a request whole.
 * @throws AwsError EntityTooLarge
 */
export async function readRequest(request: IncomingMessage): Promise<SignedRequest> {
  const target = request.url ?? "/";
  const mark = target.indexOf("?");
  return {
    method: request.method ?? "GET",
    path: mark < 0 ? target : target.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? "" : target.slice(mark + 1)),
    headers: headersOf(request),
    body: await readBody(request),
  };
}

function headersOf(request: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  const received = request.headers;
  for (const name in received) {
    const value = received[name];
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
    request.once("close", () => {
      // It closes after its end as well, and an error costs a stack trace.
      if (!request.readableEnded) reject(new Error("the caller disconnected"));
    });
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
