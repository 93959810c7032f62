import * as grpc from "@grpc/grpc-js";
import { engineLink } from "./engineLink.ts";
import type { ProgramEnd, RunProgram } from "./runProgram.ts";
import { loadSdk, type Sdk } from "./sdk.ts";
import { takeUnhandledRejections } from "./unhandledRejections.ts";

/**
 * Runs a program in this process, as the Automation API does with inline programs. A failing Output shows only
 * as an unhandled rejection, and those have one listener in a process; so, one inline program runs
 * at a time, and others wait.
 *
 * @param program registers resources, and returns the stack's outputs
 * @param sdk the copy of Pulumi's SDK that the program uses. @default that of this package
 */
export function inlineProgram(program: () => unknown, sdk: Sdk = loadSdk()): RunProgram {
  return (connection) => {
    const link = engineLink(sdk, connection);
    const stopped = Promise.withResolvers<void>();
    const runProgram = async () => {
      await link.connect();
      const { values, secretKeys } = connection.config;
      sdk.runtime.setAllConfig({ ...values }, [...secretKeys]);
      await sdk.runtime.runInPulumiStack(async () => program());
    };
    const ended = previous.then(() => run(runProgram, sdk, stopped.promise));
    previous = ended.then(
      () => {},
      () => {},
    );
    // What waits for an answer of an engine that has shut down waits for ever.
    return { ended, stop: () => stopped.resolve(link.stop()) };
  };
}

let previous: Promise<void> = Promise.resolve();

async function run(
  runProgram: () => Promise<void>,
  sdk: Sdk,
  stopped: Promise<void>,
): Promise<ProgramEnd> {
  const failures: unknown[] = [];
  const giveBack = takeUnhandledRejections((reason) => failures.push(reason));
  const limit = Error.stackTraceLimit;
  // The SDK takes a stack trace for each promise that it makes, which would be most of a run's time.
  Error.stackTraceLimit = 0;
  try {
    const atEnd = sdk.state.withLocalStorage(async () => {
      try {
        await runProgram();
      } catch (error) {
        failures.unshift(error);
      }
      await sdk.runtime.disconnect(failures.length === 0);
    });
    await Promise.race([atEnd, stopped]);
    // Whatever waits for what failed fails as well, a moment later.
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    Error.stackTraceLimit = limit;
    giveBack();
  }
  const [first] = failures.filter((reason) => !isShutDown(reason));
  if (first !== undefined) return { kind: "failed", message: messageOf(first), cause: first };
  return failures.length > 0 ? { kind: "failedWithMessage" } : { kind: "succeeded" };
}

/** The engine has said what is wrong, and answers nothing more. */
function isShutDown(reason: unknown): boolean {
  const code = isObject(reason) && "code" in reason ? reason.code : undefined;
  return code === grpc.status.UNAVAILABLE || code === grpc.status.CANCELLED;
}

/** Without the way through the properties that the SDK puts before the message of a failing Output. */
function messageOf(reason: unknown): string {
  const message = isObject(reason) && "message" in reason ? reason.message : reason;
  return String(message).replace(/^(error serializing property "[^"]*": )+/, "");
}

/** Errors of a program that a test runner isolates are not instances of this realm's `Error`. */
function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
