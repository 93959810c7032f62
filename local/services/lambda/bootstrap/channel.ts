import { readSync, writeSync } from "node:fs";
import { encodeFrame, type Frame, type FrameKind, FrameReader, frameDescriptor } from "./frames.ts";

const reader = new FrameReader();
const buffer = Buffer.allocUnsafe(64 * 1024);
const received: Frame[] = [];

export function sendFrame(kind: FrameKind, text: string): void {
  const bytes = encodeFrame(kind, text);
  for (let sent = 0; sent < bytes.length; ) sent += writeSync(frameDescriptor, bytes, sent);
}

/**
 * Waits for the next frame without giving way to anything else in this process: between invocations
 * a handler's leftover timers and promises stand still, as they do in Lambda's frozen environments.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 *
 * @returns undefined when the local cloud has closed its end
 */
export function receiveFrame(): Frame | undefined {
  while (received.length === 0) {
    const length = readSync(frameDescriptor, buffer);
    if (length === 0) return undefined;
    received.push(...reader.push(Buffer.from(buffer.subarray(0, length))));
  }
  return received.shift();
}
