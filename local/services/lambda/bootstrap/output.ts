import { format } from "node:util";
import { sendFrame } from "./channel.ts";

let requestId = "undefined";

/** The invocation that console output belongs to from now on. */
export function setRequestId(id: string): void {
  requestId = id;
}

export function logError(message: string, detail: string): void {
  logLine("ERROR", [message, detail].join("\t"));
}

/**
 * Sends what the handler prints to the invocation's log: console calls in Lambda's text format,
 * `time<TAB>request id<TAB>LEVEL<TAB>message`, anything else as it was written.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
 */
export function captureOutput(): void {
  console.trace = logger("TRACE");
  console.debug = logger("DEBUG");
  console.info = logger("INFO");
  console.log = console.info;
  console.warn = logger("WARN");
  console.error = logger("ERROR");
  process.stdout.write = write;
  process.stderr.write = write;
}

function logger(level: string): (...values: unknown[]) => void {
  return (...values) => logLine(level, format(...values));
}

function logLine(level: string, text: string): void {
  sendFrame("log", `${new Date().toISOString()}\t${requestId}\t${level}\t${text}\n`);
}

type Written = (error?: Error | null) => void;

function write(
  chunk: string | Uint8Array,
  encoding?: BufferEncoding | Written,
  written?: Written,
): boolean {
  const charset = typeof encoding === "string" ? encoding : undefined;
  const text =
    typeof chunk === "string"
      ? Buffer.from(chunk, charset).toString()
      : Buffer.from(chunk).toString();
  sendFrame("log", text);
  const done = typeof encoding === "function" ? encoding : written;
  if (done) process.nextTick(done);
  return true;
}
