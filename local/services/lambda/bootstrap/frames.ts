/**
 * Messages between the local cloud and an execution environment, over a socket on file
 * descriptor 3 of the child. A frame is a kind (1 byte), a length (4 bytes, big-endian) and that many
 * bytes of UTF-8.
 */
export type Frame = { readonly kind: FrameKind; readonly text: string };

export type FrameKind =
  /** To the child: an `InvocationHead` as JSON, a line feed, and the event as JSON. */
  | "invocation"
  /** From the child: output of the handler, as it was written. */
  | "log"
  /** From the child: what the handler returned, as JSON. */
  | "response"
  /** From the child: the error document of a handler that failed, or that could not be loaded. */
  | "error"
  /** From the child: ready for the next invocation; the text is its peak memory in bytes. */
  | "next";

export type InvocationHead = {
  readonly requestId: string;
  readonly functionArn: string;
  /** When the function's timeout ends, in milliseconds since 1970 by the machine's clock. */
  readonly deadline: number;
  /** The X-Ray header of the invocation, for `_X_AMZN_TRACE_ID`. */
  readonly traceHeader: string;
};

/** The file descriptor of the child that frames travel on. */
export const frameDescriptor = 3;

const kinds: readonly FrameKind[] = ["invocation", "log", "response", "error", "next"];
const headLength = 5;

export function encodeFrame(kind: FrameKind, text: string): Buffer {
  const length = Buffer.byteLength(text);
  const bytes = Buffer.allocUnsafe(headLength + length);
  bytes.writeUInt8(kinds.indexOf(kind), 0);
  bytes.writeUInt32BE(length, 1);
  bytes.write(text, headLength);
  return bytes;
}

/** Puts frames together from chunks of any size. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #length = 0;

  /** The frames that `chunk` completes, in order. */
  push(chunk: Buffer): Frame[] {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    const frames: Frame[] = [];
    for (let frame = this.#take(); frame !== undefined; frame = this.#take()) frames.push(frame);
    return frames;
  }

  #take(): Frame | undefined {
    if (this.#length < headLength) return undefined;
    const first = this.#chunks[0];
    const bytes = first && first.length >= headLength ? first : this.#joined();
    const end = headLength + bytes.readUInt32BE(1);
    if (this.#length < end) return undefined;
    const frame = this.#joined();
    this.#chunks = frame.length === end ? [] : [frame.subarray(end)];
    this.#length -= end;
    return decode(frame.subarray(0, end));
  }

  #joined(): Buffer {
    const [first, ...more] = this.#chunks;
    const joined = first && more.length === 0 ? first : Buffer.concat(this.#chunks);
    this.#chunks = [joined];
    return joined;
  }
}

function decode(bytes: Buffer): Frame {
  const kind = kinds[bytes.readUInt8(0)];
  if (kind === undefined) throw new Error(`unknown kind of frame: ${bytes.readUInt8(0)}`);
  return { kind, text: bytes.toString("utf8", headLength) };
}
