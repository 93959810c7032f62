import path from "node:path";
import { describeDiagnostic } from "../engine/deployment/diagnostics.ts";
import type { Changes } from "../engine/deployment/steps.ts";
import { type Host, type RunProgram, type RunResult, runStack } from "../engine/engine.ts";
import { programProcess } from "../engine/program/programProcess.ts";
import { type Project, readProject } from "../engine/program/project.ts";
import { readStackConfig, type StackConfig } from "../engine/program/stackConfig.ts";
import { DynamicProvider } from "../engine/providers/dynamicProvider.ts";
import { randomProvider } from "../engine/providers/randomProvider.ts";
import { DatabaseStateStore } from "../engine/state/databaseStateStore.ts";
import {
  MemoryStackOutputs,
  type StackOutputs,
  StackOutputsDirectory,
} from "../engine/state/stackOutputs.ts";
import type { StateStore } from "../engine/state/stateStore.ts";
import { plainOutputs } from "../engine/values/json.ts";
import { AwsProvider } from "../provider/awsProvider.ts";
import { withLocalAddresses } from "../web/localAddresses.ts";
import { siteUrls } from "../web/webServer.ts";
import { assetPaths } from "./assetPaths.ts";
import { type LocalCloud, type LocalCloudOptions, openLocalCloud } from "./localCloud.ts";
import { regionOf } from "./region.ts";
import { openStateFolder } from "./stateFolder.ts";

export type ProjectRunOptions = Omit<LocalCloudOptions, "region" | "stack" | "problems"> & {
  /** Folder of the program: that of its `Pulumi.yaml`, or one below. @default the working directory */
  readonly directory?: string | undefined;
  readonly stack: string;
  /** Settings over those of the stack, by full key. @default none */
  readonly config?: Readonly<Record<string, string>>;
  /** Runs the program. @default in a process of its own, as `pulumi up` starts it */
  readonly program?: RunProgram | undefined;
  /** Receives what the program prints and what is reported about its resources. */
  readonly print: (stream: "stdout" | "stderr", text: string) => void;
};

/** What one run of the program did. */
export type ProjectUpdate = {
  readonly succeeded: boolean;
  readonly changes: Changes;
  /** Resources that the program no longer has, kept for the data they hold: a line each. */
  readonly leftovers: readonly string[];
  /** Of a program that failed: why, a text for each cause. */
  readonly problems: readonly string[];
};

/** A Pulumi program, running on a local cloud. */
export type ProjectRun = LocalCloud & {
  readonly project: Project;
  readonly stack: string;
  /** Of the last run that succeeded. */
  readonly outputs: () => Readonly<Record<string, unknown>>;
  /** Full paths of the files and folders that the program has archived. */
  readonly archived: () => readonly string[];
  /** Of the first run. */
  readonly leftovers: readonly string[];
  /** Runs the program again, and brings the cloud to what it says now. One run at a time. */
  readonly update: () => Promise<ProjectUpdate>;
};

/**
 * Opens a local cloud and runs a Pulumi program on it.
 *
 * @throws Error if the project or the stack cannot be read, the port is in use, or the program fails
 */
export async function startProject(options: ProjectRunOptions): Promise<ProjectRun> {
  const project = readProject(options.directory);
  const config = await configOf(project, options);
  let problems: readonly string[] = [];
  const local = await openLocalCloud({
    ...options,
    region: regionOf(config.values),
    problems: () => problems,
  });
  const runner = runnerOf(project, local, options);
  const close = async () => {
    runner.close();
    await local.close();
  };
  try {
    let outputs: Readonly<Record<string, unknown>> = {};
    const update = async () => {
      const result = await runOnce(project, runner, options);
      const { succeeded, changes, leftovers } = result;
      problems = succeeded ? [] : errorsOf(result);
      if (succeeded) {
        const urls = siteUrls(local.cloud.web, local.url);
        outputs = withLocalAddresses(plainOutputs(result.outputs), urls);
        local.setOutputs(outputs);
      }
      return { succeeded, changes, leftovers, problems };
    };
    const { succeeded, leftovers } = await update();
    if (!succeeded) throw new ProgramFailure(problems);
    const archived = () => assetPaths(runner.host.state.load());
    const { stack } = options;
    return { ...local, project, stack, outputs: () => outputs, leftovers, archived, update, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A program that failed; the message holds every cause. */
export class ProgramFailure extends Error {
  override readonly name = "ProgramFailure";

  constructor(problems: readonly string[]) {
    super(problems.length === 0 ? "the program failed" : problems.join("\n"));
  }
}

/** How the program is run, and what its resources are created by. */
type Runner = {
  readonly host: Host & { readonly state: StateStore };
  readonly workingDirectory: string;
  readonly program: RunProgram;
  /** Ends what runs for the program. */
  readonly close: () => void;
};

function runnerOf(project: Project, local: LocalCloud, options: ProjectRunOptions): Runner {
  if (options.program !== undefined) {
    const workingDirectory = process.cwd();
    const host = hostOf(project, local, options, workingDirectory, new MemoryStackOutputs());
    return { host, workingDirectory, program: options.program, close: () => {} };
  }
  const stateFolder = openStateFolder(project.root);
  const stackOutputs = new StackOutputsDirectory(path.join(stateFolder, "stacks"));
  const host = hostOf(project, local, options, project.directory, stackOutputs);
  const dynamic = new DynamicProvider({ project, environment: process.env });
  const program = programProcess({
    project,
    compileCache: path.join(stateFolder, "compiled"),
    onOutput: options.print,
  });
  return {
    host: { ...host, providers: { ...host.providers, "pulumi-nodejs": dynamic } },
    workingDirectory: project.directory,
    program,
    close: () => dynamic.close(),
  };
}

function hostOf(
  project: Project,
  { cloud }: LocalCloud,
  { stack, strict = false, dataDirectory }: ProjectRunOptions,
  directory: string,
  stackOutputs: StackOutputs,
): Runner["host"] {
  const aws = new AwsProvider(cloud, { directory, strict });
  return {
    providers: { aws, random: randomProvider },
    state: new DatabaseStateStore(cloud.store, `${project.name}/${stack}`),
    stackOutputs:
      dataDirectory === undefined
        ? stackOutputs
        : new StackOutputsDirectory(path.join(dataDirectory, "stacks")),
    naming: "as in the program",
    holds: async ({ type, id, custom, external }) =>
      custom && !external && type.startsWith("aws:") ? aws.holds({ type, id }) : undefined,
  };
}

/** The stack's file is read for each run: it may have changed. */
async function runOnce(
  project: Project,
  { host, workingDirectory, program }: Runner,
  options: ProjectRunOptions,
): Promise<RunResult> {
  const { stack, print } = options;
  return runStack({
    target: { organization: "organization", project: project.name, stack },
    config: await configOf(project, options),
    workingDirectory,
    host,
    program,
    onDiagnostic: (diagnostic) => {
      if (diagnostic.severity !== "error") print("stderr", `${describeDiagnostic(diagnostic)}\n`);
    },
  });
}

async function configOf(
  project: Project,
  { stack, config: over = {} }: ProjectRunOptions,
): Promise<StackConfig> {
  const { values, secretKeys } = await readStackConfig(project, stack);
  return { values: { ...values, ...over }, secretKeys };
}

function errorsOf({ diagnostics }: RunResult): string[] {
  return diagnostics
    .filter(({ severity }) => severity === "error")
    .map((error) => (error.urn === "" ? error.message : describeDiagnostic(error)));
}
