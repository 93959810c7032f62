import path from "node:path";
import type { Cloud } from "../cloud.ts";
import { type Diagnostic, describeDiagnostic } from "../engine/deployment/diagnostics.ts";
import type { Changes } from "../engine/deployment/steps.ts";
import { type Host, type RunResult, runStack } from "../engine/engine.ts";
import type { RunProgram } from "../engine/program/runProgram.ts";
import type { StackConfig } from "../engine/project/stackConfig.ts";
import type { DynamicProvider } from "../engine/providers/dynamicProvider.ts";
import { randomProvider } from "../engine/providers/randomProvider.ts";
import { cipherIn, temporaryCipher } from "../engine/state/cipher.ts";
import { DatabaseStateStore } from "../engine/state/databaseStateStore.ts";
import type { ResourceState } from "../engine/state/resourceState.ts";
import {
  MemoryStackOutputs,
  type StackName,
  StackOutputsDirectory,
} from "../engine/state/stackOutputs.ts";
import type { StateStore } from "../engine/state/stateStore.ts";
import { plainOutputs } from "../pulumi/values/json.ts";

export type ProgramOptions = {
  /** The program is started before it is there, because loading takes it longer. */
  readonly cloud: Promise<Cloud>;
  readonly target: StackName;
  /** Reads the stack's configuration, before each run. */
  readonly config: () => Promise<StackConfig>;
  /** The program's working directory. */
  readonly directory: string;
  readonly program: RunProgram;
  /** Runs the program's dynamic providers. @default resources of theirs are rejected */
  readonly dynamic?: DynamicProvider | undefined;
  /** Rejects what has its effect on AWS only. @default false */
  readonly strict?: boolean | undefined;
  /** Where outputs of stacks are kept for other stacks. @default in this process */
  readonly dataDirectory?: string | undefined;
};

/** What came of a program. */
export type ProgramRun = {
  /** The stack's outputs, all known. */
  readonly outputs: Record<string, unknown>;
  /** What the program has no more, and is kept for what it holds; a line each. */
  readonly leftovers: readonly string[];
  readonly changes: Changes;
};

type ProgramHost = Host & { readonly state: StateStore };

/** A program on a local cloud, which can be run again when it has changed. */
export class Program {
  readonly #options: ProgramOptions;
  readonly #host: Promise<ProgramHost>;
  #state: StateStore | undefined;

  constructor(options: ProgramOptions) {
    this.#options = options;
    this.#host = hostOf(options);
    this.#host.catch(() => {}); // A run reports it.
  }

  /**
   * Brings the cloud to what the program says now. Messages and objects stay. A program that fails leaves
   * what was there.
   *
   * @throws Error with what `pulumi up` would print: what the program throws, what the local cloud refuses
   */
  async run(): Promise<ProgramRun> {
    const { target, config, directory, program } = this.#options;
    const result = await runStack({
      target,
      config: await config(),
      workingDirectory: directory,
      host: this.#host,
      program,
      onDiagnostic: print,
    });
    this.#state = (await this.#host).state;
    if (!result.succeeded) throw failureOf(result);
    const { outputs, leftovers, changes } = result;
    return { outputs: plainOutputs(outputs), leftovers, changes };
  }

  /** Makes again what the cloud forgot when it was closed, without a run. */
  async restore(): Promise<void> {
    this.#state = (await this.#host).state;
  }

  /** The resources as the last run left them. */
  resources(): readonly ResourceState[] {
    return this.#state?.load() ?? [];
  }

  /** Ends what runs for the program. */
  close(): void {
    this.#options.dynamic?.close();
  }
}

async function hostOf(options: ProgramOptions): Promise<ProgramHost> {
  const { target, directory, dataDirectory, dynamic, strict } = options;
  const cloud = await options.cloud;
  const cipher = dataDirectory === undefined ? temporaryCipher() : cipherIn(dataDirectory);
  const { AwsProvider } = await import("../provider/awsProvider.ts");
  const aws = new AwsProvider(cloud, { directory, strict });
  // What the cloud forgot when it was closed is there before the program asks for it.
  await aws.restore();
  return {
    providers: {
      aws,
      random: randomProvider,
      ...(dynamic !== undefined && { "pulumi-nodejs": dynamic }),
    },
    state: new DatabaseStateStore(cloud.store, `${target.project}/${target.stack}`, cipher),
    stackOutputs:
      dataDirectory === undefined
        ? new MemoryStackOutputs()
        : new StackOutputsDirectory(path.join(dataDirectory, "stacks"), cipher),
    naming: "as in the program",
    holds: async ({ type, id, custom, external }) =>
      custom && !external && type.startsWith("aws:") ? aws.holds({ type, id }) : undefined,
  };
}

/** Errors are thrown when the program has ended. */
function print(diagnostic: Diagnostic): void {
  if (diagnostic.severity !== "error") console.warn(describeDiagnostic(diagnostic));
}

function failureOf({ diagnostics }: RunResult): Error {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const lines = errors.map((error) =>
    error.urn === "" ? error.message : describeDiagnostic(error),
  );
  return new Error(lines.join("\n") || "the program failed");
}
