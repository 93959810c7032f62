import path from "node:path";
import { programProcess } from "../engine/program/programProcess.ts";
import type { RunProgram } from "../engine/program/runProgram.ts";
import { inlineProject, type Project, readProject } from "../engine/project/project.ts";
import { readStackConfig, type StackConfig } from "../engine/project/stackConfig.ts";
import { DynamicProvider } from "../engine/providers/dynamicProvider.ts";
import type { ResourceState } from "../engine/state/resourceState.ts";
import { withLocalAddresses } from "../web/localAddresses.ts";
import { siteUrls } from "../web/webServer.ts";
import { assetPaths } from "./assetPaths.ts";
import type { CloudSnapshot } from "./cloudSnapshot.ts";
import type { LocalCloud, LocalCloudOptions } from "./localCloud.ts";
import { Program, type ProgramOptions, type ProgramRun } from "./program.ts";
import { ProgramEnvironment } from "./programEnvironment.ts";
import { regionOf } from "./region.ts";
import { openStateFolder } from "./stateFolder.ts";

export type ProjectRunOptions = Omit<LocalCloudOptions, "region" | "stack" | "problems"> & {
  /** Folder of the program: that of its `Pulumi.yaml`, or one below. @default the working directory */
  readonly directory?: string | undefined;
  readonly stack: string;
  /** Name of the project of a program without files: neither `Pulumi.yaml` nor stack files are read. */
  readonly projectName?: string | undefined;
  /** Settings over those of the stack, by full key. @default none */
  readonly config?: Readonly<Record<string, string>>;
  /** Runs the program. @default in a process of its own, as `pulumi up` starts it */
  readonly program?: RunProgram | undefined;
  /** Receives what the program prints. */
  readonly print: (stream: "stdout" | "stderr", text: string) => void;
};

/** A Pulumi program, running on a local cloud. */
export type ProjectRun = Omit<LocalCloud, "snapshot" | "restore"> & {
  readonly project: Project;
  /** What came of the last run that succeeded. */
  readonly latest: () => ProgramRun;
  /** The resources that the last run has registered. */
  readonly resources: () => readonly ResourceState[];
  /** Full paths of the files and folders that the program has archived. */
  readonly archived: () => readonly string[];
  /**
   * Runs the program again, and brings the cloud to what it says now; messages and objects stay.
   *
   * @throws Error with what `pulumi up` would print; the cloud keeps what it had
   */
  readonly update: () => Promise<ProgramRun>;
  /** To be called when nothing is under way. */
  readonly snapshot: () => Promise<RunSnapshot>;
  /**
   * Ends what runs, and brings the cloud and the outputs to what they were.
   *
   * @throws Error unless the cloud is `restorable`
   */
  readonly restore: (snapshot: RunSnapshot) => Promise<void>;
};

/** What a local run keeps, at one moment. */
export type RunSnapshot = { readonly cloud: CloudSnapshot; readonly latest: ProgramRun };

/**
 * Opens a local cloud and runs a Pulumi program on it.
 *
 * @throws Error if the project or the stack cannot be read, the port is in use, or the program fails
 */
export async function startProject(options: ProjectRunOptions): Promise<ProjectRun> {
  const { directory, projectName } = options;
  const project =
    projectName === undefined ? readProject(directory) : inlineProject(projectName, directory);
  reportIgnored(project, options);
  const { values } = await configOf(project, options);
  let problems: readonly string[] = [];
  const region = regionOf(values);
  const opening = openCloud({ ...options, region, problems: () => problems });
  const environment = new ProgramEnvironment({ port: options.port, region });
  let program = programOn(opening, project, environment, options);
  const close = async () => {
    program.close();
    await (await opening).close();
  };
  const update = async () => {
    try {
      const run = await program.run();
      latest = withSites(await opening, run);
      problems = [];
    } catch (error) {
      problems = [error instanceof Error ? error.message : String(error)];
      throw error;
    }
    (await opening).setOutputs(latest.outputs);
    return latest;
  };
  let latest: ProgramRun;
  try {
    latest = await update();
    const local = await opening;
    return {
      get cloud() {
        return local.cloud;
      },
      get records() {
        return local.records;
      },
      url: local.url,
      setOutputs: local.setOutputs,
      close,
      project,
      latest: () => latest,
      resources: () => program.resources(),
      archived: () => assetPaths(program.resources()),
      update,
      snapshot: async () => ({ cloud: await local.snapshot(), latest }),
      restore: async (snapshot) => {
        program.close();
        await local.restore(snapshot.cloud);
        program = programOn(opening, project, environment, options);
        await program.restore();
        latest = snapshot.latest;
        local.setOutputs(latest.outputs);
      },
    };
  } catch (error) {
    program.close();
    await opening.then(
      (local) => local.close(),
      () => {}, // A cloud that could not be opened is what the run failed of.
    );
    throw error;
  }
}

/** @throws Error with `strict`, where something of the project would be left out */
function reportIgnored({ ignored }: Project, { strict = false, print }: ProjectRunOptions): void {
  if (strict && ignored.length > 0) throw new Error(`--strict: ${ignored.join("\n")}`);
  for (const each of ignored) print("stderr", `warning: ${each}\n`);
}

/** The services are loaded while the program's process starts. */
async function openCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const { openLocalCloud } = await import("./localCloud.ts");
  return openLocalCloud(options);
}

function programOn(
  opening: Promise<LocalCloud>,
  project: Project,
  environment: ProgramEnvironment,
  options: ProjectRunOptions,
): Program {
  const { stack, strict, dataDirectory } = options;
  return new Program({
    cloud: opening.then(({ cloud }) => cloud),
    target: { organization: "organization", project: project.name, stack },
    config: () => configOf(project, options),
    strict,
    dataDirectory,
    ...whereItRuns(opening, project, environment, options),
  });
}

function whereItRuns(
  opening: Promise<LocalCloud>,
  project: Project,
  environment: ProgramEnvironment,
  { program, dataDirectory, print }: ProjectRunOptions,
): Pick<ProgramOptions, "directory" | "program" | "dynamic" | "dataDirectory"> {
  if (program !== undefined) return { directory: process.cwd(), program };
  const stateFolder = openStateFolder(project.root);
  return {
    directory: project.directory,
    program: programProcess({
      project,
      environment: () => environment.when(opening),
      compileCache: path.join(stateFolder, "compile-cache"),
      onOutput: print,
    }),
    dynamic: new DynamicProvider({ project, environment: () => environment.now() }),
    dataDirectory: dataDirectory ?? stateFolder,
  };
}

function withSites({ cloud, url }: LocalCloud, run: ProgramRun): ProgramRun {
  const sites = siteUrls(cloud.web, url);
  return { ...run, outputs: withLocalAddresses(run.outputs, sites) };
}

async function configOf(
  project: Project,
  { stack, projectName, config: over = {} }: ProjectRunOptions,
): Promise<StackConfig> {
  if (projectName !== undefined) return { values: over, secretKeys: [] };
  const { values, secretKeys } = await readStackConfig(project, stack);
  return { values: { ...values, ...over }, secretKeys };
}
