import { tmpdir } from "node:os";
import path from "node:path";
import type { Diagnostic } from "../../../local/engine/deployment/diagnostics.ts";
import { runStack } from "../../../local/engine/engine.ts";
import { programProcess } from "../../../local/engine/program/programProcess.ts";
import { type Project, readProject } from "../../../local/engine/project/project.ts";
import { readStackConfig } from "../../../local/engine/project/stackConfig.ts";
import { MemoryStackOutputs } from "../../../local/engine/state/stackOutputs.ts";
import { MemoryStateStore } from "../../../local/engine/state/stateStore.ts";
import { systemNames } from "../../../systems/index.ts";
import { awsAnswers } from "../programs/awsAnswers.ts";
import { type Recorded, recordedServices } from "../programs/recordedServices.ts";

export type EntryPointRun = Readonly<Recorded> & {
  /** Whether the program has run to its end. */
  readonly succeeded: boolean;
  /** What the program logs and what the engine refuses. */
  readonly log: readonly Pick<Diagnostic, "severity" | "message">[];
  readonly stdout: string;
  readonly stderr: string;
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
  /** Whether the SDK is left as it is, with all its stack traces; it takes longer. @default false */
  readonly stackTraces?: boolean;
  /** Of Node, before those of Pulumi.yaml. @default none */
  readonly nodeArguments?: readonly string[];
};

/** Runs the program as `pulumi up` starts it, in a process of its own; nothing is created. */
export async function runEntryPoint(options: EntryPointOptions = {}): Promise<EntryPointRun> {
  const { stack = "dev", preview = false, config = allSystems, stackTraces = false } = options;
  const project = projectOf(options);
  const { values, secretKeys } = await readStackConfig(project, stack);
  const target = { organization: "organization", project: project.name, stack };
  const recorded: Recorded = { registrations: [], reads: [], outputs: new Map() };
  const output = { stdout: "", stderr: "" };
  const program = programProcess({
    project,
    fullStackTraces: stackTraces,
    compileCache: path.join(tmpdir(), "fanout-compile-cache"),
    onOutput: (stream, text) => {
      output[stream] += text;
    },
  });
  const { succeeded, diagnostics } = await runStack({
    target,
    config: { values: { ...values, ...config }, secretKeys },
    workingDirectory: project.directory,
    host: {
      providers: { aws: awsAnswers },
      state: new MemoryStateStore(),
      stackOutputs: new MemoryStackOutputs(),
    },
    preview,
    program: (connection) =>
      program({
        ...connection,
        services: recordedServices(connection.services, target, recorded),
      }),
  });
  const log = diagnostics.map(({ severity, message }) => ({ severity, message }));
  return { ...recorded, ...output, succeeded, log };
}

function projectOf({ program = "index.ts", nodeArguments = [] }: EntryPointOptions): Project {
  const project = readProject();
  const nodeargs = [...nodeArguments, project.runtime.nodeargs ?? ""].join(" ");
  return { ...project, entryPoint: program, runtime: { ...project.runtime, nodeargs } };
}

const allSystems = { "fanout:systems": JSON.stringify(systemNames) };
