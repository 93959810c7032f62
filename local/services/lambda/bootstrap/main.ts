/**
 * What runs in an execution environment: loads the handler once, then calls it for one invocation
 * after the other. It ends when the local cloud closes the channel.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
import { setImmediate as turn } from "node:timers/promises";
import { withoutCallback } from "./callbackHandler.ts";
import { receiveFrame, sendFrame } from "./channel.ts";
import { createContext } from "./context.ts";
import { errorDocument, errorLogText, RuntimeError } from "./errors.ts";
import type { InvocationHead } from "./frames.ts";
import { loadHandler } from "./handlerModule.ts";
import { endWithParent } from "./lifeline.ts";
import { captureOutput, logError, setRequestId } from "./output.ts";
import { provideModules } from "./runtimeModules.ts";

endWithParent();
captureOutput();
// The argument is a ModulePlaces.
provideModules(JSON.parse(process.argv[2] ?? "{}"), process.env);
process.on("uncaughtException", (error) => {
  fail("Uncaught Exception", error);
  process.exit(129);
});
process.on("unhandledRejection", (reason) => {
  fail(
    "Unhandled Promise Rejection",
    new RuntimeError("UnhandledPromiseRejection", String(reason)),
  );
  process.exit(128);
});

const { LAMBDA_TASK_ROOT = "", _HANDLER = "", AWS_EXECUTION_ENV = "" } = process.env;
const handler = await initialise();

for (let invocation = next(); invocation !== undefined; invocation = next()) {
  const { head, event } = invocation;
  setRequestId(head.requestId);
  process.env._X_AMZN_TRACE_ID = head.traceHeader;
  // Work that was frozen since the last invocation runs first, so that closed sockets are noticed.
  await turn();
  await run(head, event);
}
process.exit(0);

async function initialise() {
  try {
    return withoutCallback(await loadHandler(LAMBDA_TASK_ROOT, _HANDLER), AWS_EXECUTION_ENV);
  } catch (error) {
    fail("Init Error", error);
    process.exit(1);
  }
}

function next(): { head: InvocationHead; event: string } | undefined {
  sendFrame("next", String(process.resourceUsage().maxRSS * 1024));
  const frame = receiveFrame();
  if (frame === undefined) return undefined;
  const lineEnd = frame.text.indexOf("\n");
  return {
    head: JSON.parse(frame.text.slice(0, lineEnd)),
    event: frame.text.slice(lineEnd + 1),
  };
}

async function run(head: InvocationHead, event: string): Promise<void> {
  try {
    const result = await handler(JSON.parse(event), createContext(head, process.env));
    await turn();
    sendFrame("response", stringify(result));
  } catch (error) {
    await turn();
    fail("Invoke Error", error);
  }
}

function stringify(result: unknown): string {
  try {
    return JSON.stringify(result) ?? "null";
  } catch (cause) {
    throw new RuntimeError("JSONStringifyError", "Unable to stringify response body", { cause });
  }
}

function fail(what: string, error: unknown): void {
  logError(what, errorLogText(error));
  sendFrame("error", JSON.stringify(errorDocument(error)));
}
