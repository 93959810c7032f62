import { S3Error } from "../s3Error.ts";

export type ChunkedBody = {
  readonly bytes: Buffer;
  /** The headers that follow the last chunk, names in lower case. */
  readonly trailers: Readonly<Record<string, string>>;
};

/**
 * Decodes a body of `content-encoding: aws-chunked`, in which SDKs send what they stream: chunks of
 * `size[;chunk-signature=...]`, an empty one, and trailers such as the checksum.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 * @param expectedSize from `x-amz-decoded-content-length`, in bytes
 * @throws S3Error IncompleteBody
 */
export function decodeChunkedBody(body: Buffer, expectedSize: number | undefined): ChunkedBody {
  const chunks: Buffer[] = [];
  let offset = 0;
  for (;;) {
    const line = readLine(body, offset);
    const size = Number.parseInt(line?.text.split(";")[0] ?? "", 16);
    if (line === undefined || !(size >= 0)) throw incompleteBody();
    offset = line.next + size;
    if (offset > body.length) throw incompleteBody();
    if (size === 0) break;
    chunks.push(body.subarray(line.next, offset));
    // A line break ends the chunk.
    offset += 2;
  }
  const [only, ...more] = chunks;
  const bytes = only !== undefined && more.length === 0 ? only : Buffer.concat(chunks);
  if (expectedSize !== undefined && bytes.length !== expectedSize) throw incompleteBody();
  return { bytes, trailers: readTrailers(body, offset) };
}

function readLine(body: Buffer, start: number): { text: string; next: number } | undefined {
  const end = body.indexOf("\r\n", start);
  if (end < 0) return undefined;
  return { text: body.toString("latin1", start, end), next: end + 2 };
}

function readTrailers(body: Buffer, start: number): Record<string, string> {
  const lines = body.toString("latin1", start).split(/\r?\n/);
  return Object.fromEntries(
    lines.flatMap((line) => {
      const colon = line.indexOf(":");
      if (colon < 0) return [];
      return [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]];
    }),
  );
}

function incompleteBody(): S3Error {
  return new S3Error(
    "IncompleteBody",
    "You did not provide the number of bytes specified by the Content-Length HTTP header",
  );
}
