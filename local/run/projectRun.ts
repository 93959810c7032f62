import path from "node:path";
import { describeDiagnostic } from "../engine/deployment/diagnostics.ts";
import type { Changes } from "../engine/deployment/steps.ts";
import { type Host, type RunResult, runStack } from "../engine/engine.ts";
import { programProcess } from "../engine/program/programProcess.ts";
import { type Project, readProject } from "../engine/program/project.ts";
import { readStackConfig, type StackConfig } from "../engine/program/stackConfig.ts";
import { DatabaseStateStore } from "../engine/state/databaseStateStore.ts";
import { StackOutputsDirectory } from "../engine/state/stackOutputs.ts";
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
  /** Receives what the program prints and what is reported about its resources. */
  readonly print: (stream: "stdout" | "stderr", text: string) => void;
};

/** What one run of the program did. */
export type ProjectUpdate = {
  readonly succeeded: boolean;
  readonly changes: Changes;
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
  /** Runs the program again, and brings the cloud to what it says now. One run at a time. */
  readonly update: () => Promise<ProjectUpdate>;
};

/**
 * Opens a local cloud and runs a Pulumi program on it, in a process of its own, as `pulumi up` does.
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
  try {
    const host = hostOf(project, local, options);
    let outputs: Readonly<Record<string, unknown>> = {};
    const update = async () => {
      const result = await runOnce(project, host, options);
      problems = result.succeeded ? [] : errorsOf(result);
      if (result.succeeded) {
        const urls = siteUrls(local.cloud.web.distributions, local.url);
        outputs = withLocalAddresses(plainOutputs(result.outputs), urls);
        local.setOutputs(outputs);
      }
      return { succeeded: result.succeeded, changes: result.changes, problems };
    };
    const { succeeded } = await update();
    if (!succeeded) throw new ProgramFailure(problems);
    const archived = () => assetPaths(host.state.load());
    return { ...local, project, stack: options.stack, outputs: () => outputs, archived, update };
  } catch (error) {
    await local.close();
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

type ProjectHost = Host & { readonly state: StateStore };

function hostOf(
  project: Project,
  { cloud }: LocalCloud,
  { stack, strict = false }: ProjectRunOptions,
): ProjectHost {
  return {
    providers: { aws: new AwsProvider(cloud, { directory: project.directory, strict }) },
    state: new DatabaseStateStore(cloud.store, `${project.name}/${stack}`),
    stackOutputs: new StackOutputsDirectory(path.join(openStateFolder(project.root), "stacks")),
  };
}

/** The stack's file is read for each run: it may have changed. */
async function runOnce(
  project: Project,
  host: ProjectHost,
  options: ProjectRunOptions,
): Promise<RunResult> {
  const { stack, print } = options;
  return runStack({
    target: { organization: "organization", project: project.name, stack },
    config: await configOf(project, options),
    workingDirectory: project.directory,
    host,
    program: programProcess({
      project,
      compileCache: path.join(openStateFolder(project.root), "compiled"),
      onOutput: print,
    }),
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
  return diagnostics.filter(({ severity }) => severity === "error").map(describeDiagnostic);
}
