import { readStackConfig } from "../../../local/stackConfig.ts";
import { systemNames } from "../../../systems/index.ts";
import type { Registration } from "../programs/registration.ts";
import { Deployment, type LogLine } from "./deployment.ts";
import { type ProgramExit, runProcess } from "./languageHost.ts";
import { startEngine } from "./standInEngine.ts";

export type EntryPointRun = ProgramExit & {
  readonly registrations: readonly Registration[];
  /** By URN. */
  readonly outputs: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  readonly log: readonly LogLine[];
  /** What the engine refused. */
  readonly refused: readonly string[];
};

export type EntryPointOptions = {
  /** @default "index.ts", as Pulumi.yaml says */
  readonly program?: string;
  /** @default "dev" */
  readonly stack?: string;
  /** As `pulumi preview` instead of `pulumi up`. @default false */
  readonly preview?: boolean;
  /** Over what the stack's files say. @default all systems */
  readonly config?: Readonly<Record<string, string>>;
  /** Whether errors have stack traces, as they have for a user; it takes longer. @default false */
  readonly stackTraces?: boolean;
  /** Of Node, before those of Pulumi.yaml. @default none */
  readonly nodeArguments?: readonly string[];
};

/** Runs the program as `pulumi up` starts it, in a process of its own, against the stand-in engine. */
export async function runEntryPoint(options: EntryPointOptions = {}): Promise<EntryPointRun> {
  const { program = "index.ts", stack = "dev", preview = false, config = allSystems } = options;
  const { stackTraces = false, nodeArguments = [] } = options;
  const { project, values } = readStackConfig(stack);
  const deployment = new Deployment(project, stack);
  const { address, close } = await startEngine(deployment, preview);
  try {
    const exit = await runProcess({
      program,
      project,
      stack,
      preview,
      config: { ...values, ...config },
      address,
      stackTraces,
      nodeArguments,
    });
    const { registrations, outputs, log, refused } = deployment;
    return { ...exit, registrations, outputs, log, refused };
  } finally {
    close();
  }
}

const allSystems = { "fanout:systems": JSON.stringify(systemNames) };
