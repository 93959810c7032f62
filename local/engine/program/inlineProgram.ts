import { createRequire } from "node:module";
import * as grpc from "@grpc/grpc-js";
import * as pulumi from "@pulumi/pulumi";
import { resetOptions } from "@pulumi/pulumi/runtime/settings.js";
import { takeUnhandledRejections } from "../../unhandledRejections.ts";
import type { Connection, ProgramEnd, RunProgram } from "../engine.ts";
import { type Client, DirectCalls } from "./directClient.ts";

/**
 * Runs a program in this process, as the Automation API does with inline programs. A failing Output shows only
 * as an unhandled rejection, and those have one listener in a process; so, one inline program runs
 * at a time, and others wait.
 *
 * @param program registers resources, and returns the stack's outputs
 */
export function inlineProgram(program: () => unknown): RunProgram {
  return (connection) => {
    const calls = new DirectCalls();
    const stopped = Promise.withResolvers<void>();
    const ended = previous.then(() => run(program, connection, calls, stopped.promise));
    previous = ended.then(
      () => {},
      () => {},
    );
    // What waits for an answer of an engine that has shut down waits for ever.
    return { ended, stop: () => stopped.resolve(calls.stop()) };
  };
}

/** The SDK's state, of which the Automation API gives each run one of its own. The declarations leave it out. */
type SdkState = {
  withLocalStorage<T>(run: () => Promise<T>): Promise<T>;
  getStore(): { readonly settings: { monitor?: Client; engine?: Client } };
};

const { withLocalStorage, getStore }: SdkState = createRequire(import.meta.url)(
  "@pulumi/pulumi/runtime/state",
);

/** In place of an address, which is not connected to. */
const inProcess = "in-process";

let previous: Promise<void> = Promise.resolve();

async function run(
  program: () => unknown,
  connection: Connection,
  calls: DirectCalls,
  stopped: Promise<void>,
): Promise<ProgramEnd> {
  const failures: unknown[] = [];
  const giveBack = takeUnhandledRejections((reason) => failures.push(reason));
  const limit = Error.stackTraceLimit;
  // The SDK takes a stack trace for each promise that it makes, which would be most of a run's time.
  Error.stackTraceLimit = 0;
  try {
    const atEnd = withLocalStorage(() => runConnected(program, connection, calls, failures));
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

async function runConnected(
  program: () => unknown,
  { services, target, config, preview }: Connection,
  calls: DirectCalls,
  failures: unknown[],
): Promise<void> {
  const { project, stack, organization } = target;
  resetOptions(project, stack, 16, inProcess, inProcess, preview, organization);
  const { settings } = getStore();
  settings.monitor = calls.client(services.monitor, "wait");
  settings.engine = calls.client(services.engine, "succeed");
  pulumi.runtime.setAllConfig({ ...config.values }, [...config.secretKeys]);
  try {
    await pulumi.runtime.runInPulumiStack(async () => program());
  } catch (error) {
    failures.unshift(error);
  }
  await pulumi.runtime.disconnect(failures.length === 0);
}

/** The engine has said what is wrong, and answers nothing more. */
function isShutDown(reason: unknown): boolean {
  const code = reason instanceof Error && "code" in reason ? reason.code : undefined;
  return code === grpc.status.UNAVAILABLE || code === grpc.status.CANCELLED;
}

/** Without the way through the properties that the SDK puts before the message of a failing Output. */
function messageOf(reason: unknown): string {
  const message = reason instanceof Error ? reason.message : String(reason);
  return message.replace(/^(error serializing property "[^"]*": )+/, "");
}
