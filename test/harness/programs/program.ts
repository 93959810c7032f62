import { describeDiagnostic, type Severity } from "../../../local/engine/deployment/diagnostics.ts";
import { runStack } from "../../../local/engine/engine.ts";
import { inlineProgram } from "../../../local/engine/program/inlineProgram.ts";
import type { ProgramEnd, RunProgram } from "../../../local/engine/program/runProgram.ts";
import { MemoryStackOutputs } from "../../../local/engine/state/stackOutputs.ts";
import { MemoryStateStore } from "../../../local/engine/state/stateStore.ts";
import { awsAnswers } from "./awsAnswers.ts";
import { type Recorded, recordedServices } from "./recordedServices.ts";
import type { Registration } from "./registration.ts";

export type ProgramRun<T> = {
  readonly registrations: readonly Registration[];
  /** The types of existing resources that it reads. */
  readonly reads: readonly string[];
  readonly outputs: T;
  /** The warnings in Pulumi's log. */
  readonly warnings: readonly string[];
  /** What Pulumi's log tells the user besides. */
  readonly infos: readonly string[];
};

export type RunOptions = {
  /** Pulumi's configuration, with full keys, and JSON for what is not a text. @default {} */
  readonly config?: Readonly<Record<string, string>>;
  /** @default "dev" */
  readonly stack?: string;
  /** As `pulumi preview`: what AWS would decide is unknown. @default false */
  readonly preview?: boolean;
};

/**
 * Runs a program in the embedded engine, with outputs like AWS's, and says what it registered.
 *
 * @throws what the program throws, and what the engine refuses
 */
export async function runProgram<T>(
  program: () => T | Promise<T>,
  options: RunOptions = {},
): Promise<ProgramRun<T>> {
  const { config = {}, stack = "dev", preview = false } = options;
  const target = { organization: "organization", project: "fanout", stack };
  const recorded: Recorded = { registrations: [], reads: [], outputs: new Map() };
  const result: { outputs?: T; end?: ProgramEnd } = {};
  const run = inlineProgram(async () => {
    result.outputs = await program();
  });
  const recordedRun: RunProgram = async (connection) => {
    const services = recordedServices(connection.services, target, recorded);
    const running = await run({ ...connection, services });
    const ended = running.ended.then((end) => {
      result.end = end;
      return end;
    });
    return { ended, stop: running.stop };
  };
  const { succeeded, diagnostics } = await runStack({
    target,
    config: { values: config, secretKeys: [] },
    workingDirectory: process.cwd(),
    host: {
      providers: { aws: awsAnswers },
      state: new MemoryStateStore(),
      stackOutputs: new MemoryStackOutputs(),
    },
    preview,
    program: recordedRun,
  });
  const { outputs, end } = result;
  if (end?.kind === "failed") throw end.cause ?? new Error(end.message);
  if (!succeeded) throw new Error(diagnostics.map(describeDiagnostic).join("\n"));
  if (outputs === undefined) throw new Error("the program returned nothing");
  const logged = (wanted: Severity) =>
    diagnostics.filter(({ severity }) => severity === wanted).map(({ message }) => message);
  return {
    registrations: recorded.registrations,
    reads: recorded.reads,
    outputs,
    warnings: logged("warning"),
    infos: logged("info"),
  };
}
