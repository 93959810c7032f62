import * as pulumi from "@pulumi/pulumi";
import { resetOptions } from "@pulumi/pulumi/runtime/settings.js";
import { takeUnhandledRejections } from "../../unhandledRejections.ts";
import type { Connection, ProgramEnd, RunProgram } from "../engine.ts";

/**
 * Runs a program in this process, as the Automation API does with inline programs. The SDK keeps its state
 * in this process, and a failing Output shows only as a rejection that nobody handles; so, one inline program
 * runs at a time, and others wait.
 *
 * @param program registers resources, and returns the stack's outputs
 */
export function inlineProgram(program: () => unknown): RunProgram {
  return (connection) => {
    const ended = previous.then(() => run(program, connection));
    previous = ended.then(
      () => {},
      () => {},
    );
    return { ended, stop: () => {} };
  };
}

let previous: Promise<void> = Promise.resolve();

async function run(program: () => unknown, connection: Connection): Promise<ProgramEnd> {
  const failures: unknown[] = [];
  const giveBack = takeUnhandledRejections((reason) => failures.push(reason));
  const limit = Error.stackTraceLimit;
  // The SDK takes a stack trace for each promise that it makes, which would be most of a run's time.
  Error.stackTraceLimit = 0;
  try {
    await runConnected(program, connection).catch((reason) => failures.push(reason));
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

async function runConnected(program: () => unknown, connection: Connection): Promise<void> {
  const { address, target, config, preview } = connection;
  const { project, stack, organization } = target;
  resetOptions(project, stack, 16, address, address, preview, organization);
  pulumi.runtime.setAllConfig({ ...config.values }, [...config.secretKeys]);
  await pulumi.runtime.runInPulumiStack(async () => program());
  await pulumi.runtime.disconnect(true);
}

/** The engine has said what is wrong, and answers nothing more. */
function isShutDown(reason: unknown): boolean {
  return reason instanceof Error && reason.message.includes("Resource monitor is terminating");
}

/** Without the way through the properties that the SDK puts before the message of a failing Output. */
function messageOf(reason: unknown): string {
  const message = reason instanceof Error ? reason.message : String(reason);
  return message.replace(/^(error serializing property "[^"]*": )+/, "");
}
