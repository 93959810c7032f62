import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import {
  type Diagnostic,
  describeDiagnostic,
} from "../../../local/engine/deployment/diagnostics.ts";
import { type Host, type RunResult, runStack } from "../../../local/engine/engine.ts";
import { programProcess } from "../../../local/engine/program/programProcess.ts";
import { readProject } from "../../../local/engine/project/project.ts";
import { readStackConfig } from "../../../local/engine/project/stackConfig.ts";
import { MemoryStackOutputs } from "../../../local/engine/state/stackOutputs.ts";
import { MemoryStateStore } from "../../../local/engine/state/stateStore.ts";
import { parseUrn } from "../../../local/pulumi/urn.ts";
import { FakeProvider } from "./fakeProvider.ts";

export type TestHost = Host & { readonly aws: FakeProvider };

/** A host with a provider of every type in memory, and nothing in it yet. */
export function testHost(): TestHost {
  const aws = new FakeProvider();
  return {
    aws,
    providers: { aws },
    state: new MemoryStateStore(),
    stackOutputs: new MemoryStackOutputs(),
  };
}

export type ProcessRun = RunResult & { readonly output: string };

/** Runs a program of a folder in a process of its own. */
export async function runFolder(
  directory: string,
  host: Host,
  {
    stack = "dev",
    preview = false,
    environment = {},
    config = {},
  }: {
    readonly stack?: string;
    readonly preview?: boolean;
    readonly environment?: Readonly<Record<string, string>>;
    readonly config?: Readonly<Record<string, string>>;
  } = {},
): Promise<ProcessRun> {
  const project = readProject(directory);
  const fullEnvironment = { ...process.env, ...environment };
  const { values, secretKeys } = await readStackConfig(project, stack, fullEnvironment);
  let output = "";
  const result = await runStack({
    target: { organization: "organization", project: project.name, stack },
    config: { values: { ...values, ...config }, secretKeys },
    workingDirectory: project.directory,
    host,
    preview,
    program: programProcess({
      project,
      environment: async () => fullEnvironment,
      compileCache: path.join(tmpdir(), "fanout-test-compile-cache"),
      onOutput: (_stream, text) => {
        output += text;
      },
    }),
  });
  return { ...result, output };
}

/** The folder of a program for tests. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`../../fixtures/programs/${name}`, import.meta.url));
}

/** `create queue`, without the stack's own resource. */
export function stepsOf({ steps }: RunResult): string[] {
  return steps
    .map(({ operation, urn }) => ({ operation, ...parseUrn(urn) }))
    .filter(({ type }) => type !== "pulumi:pulumi:Stack")
    .map(({ operation, name }) => `${operation} ${name}`);
}

export function errorsOf({
  diagnostics,
}: {
  readonly diagnostics: readonly Diagnostic[];
}): string[] {
  return diagnostics.filter(({ severity }) => severity === "error").map(describeDiagnostic);
}
