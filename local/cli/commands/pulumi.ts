import { mkdirSync } from "node:fs";
import path from "node:path";
import { withClientEnvironment } from "../../endpoint/clientEnvironment.ts";
import { type AnyProject, findProject } from "../../engine/project/project.ts";
import { regionOf } from "../../run/region.ts";
import { emptyCloudData, localBackend, regionOfData } from "../emptyCloudData.ts";
import { printHelp } from "../printHelp.ts";
import { cloudAt, type ServedCloud } from "../pulumi/cloudAt.ts";
import { deployedOutputs } from "../pulumi/deployedOutputs.ts";
import { withComponents, withLocalBackend, withLocalProvider } from "../pulumi/environment.ts";
import { findPulumi } from "../pulumi/findPulumi.ts";
import {
  needsCloud,
  needsStack,
  type PulumiArguments,
  pulumiArguments,
} from "../pulumi/pulumiArguments.ts";
import { runPulumi } from "../pulumi/runPulumi.ts";
import { hasStack, impliedStack } from "../pulumi/stackChoice.ts";
import { withoutNewSalt } from "../pulumi/stackFile.ts";
import { settingsOf, stackFileOf } from "../pulumi/stackSettings.ts";

const usage = `fanout pulumi [--port N] ARGS...

Runs your Pulumi CLI with ARGS, with the local cloud in place of AWS: up, preview, refresh, destroy. The
program may be in any language that your CLI runs.

  --port N  port of the local cloud on 127.0.0.1 (4566)

If no local cloud answers there, one runs as long as the command, with its data in .fanout/cloud;
"fanout start --empty" keeps one running. The state of stacks is in .fanout/state, unless
PULUMI_BACKEND_URL names another backend. "fanout pulumi help" prints the help of the CLI.`;

/** What a command is run with. */
type Run = {
  readonly executable: string;
  readonly given: PulumiArguments;
  readonly environment: NodeJS.ProcessEnv;
};

/**
 * `fanout pulumi`
 *
 * @returns the exit code of the CLI
 * @throws Error with a message for the user
 */
export async function pulumi(argv: readonly string[]): Promise<number> {
  const given = pulumiArguments(argv);
  const [first] = given.args;
  if (first === undefined || first === "--help") {
    printHelp(usage);
    return 0;
  }
  const directory = path.resolve(given.directory ?? ".");
  const executable = findPulumi(directory);
  const project = findProject(directory);
  const run = { executable, given, environment: withComponents(process.env, directory) };
  if (project === undefined) return runPulumi(executable, given.args, run.environment);
  const { PULUMI_BACKEND_URL: backend } = process.env;
  if (!backend) return runOnLocalBackend(run, project);
  if (needsCloud(given)) {
    console.error(`fanout: the state goes to ${backend}, because PULUMI_BACKEND_URL is set`);
  }
  return runOnCloud(run, project);
}

/** Keeps the state beside the data of the cloud, and creates the stack that the command needs. */
async function runOnLocalBackend(run: Run, project: AnyProject): Promise<number> {
  const { executable, given } = run;
  const state = localBackend(project.root);
  mkdirSync(state, { recursive: true });
  const stack = given.stack ?? (process.env.PULUMI_STACK || impliedStack(state, project));
  const environment = {
    ...withLocalBackend(run.environment, state),
    ...(stack !== undefined && { PULUMI_STACK: stack }),
  };
  if (stack === undefined) return runOnCloud({ ...run, environment }, project);
  return withoutNewSalt(stackFileOf(project, stack), async () => {
    if (needsStack(given) && !hasStack(state, project, stack)) {
      const create = ["stack", "init", stack, "--no-select", "--cwd", project.root];
      const code = await runPulumi(executable, create, environment);
      if (code !== 0) return code;
    }
    return runOnCloud({ ...run, environment }, project);
  });
}

async function runOnCloud(run: Run, project: AnyProject): Promise<number> {
  const { executable, given, environment } = run;
  if (!needsCloud(given)) return runPulumi(executable, given.args, environment);
  const settings = settingsOf(project, given.stack ?? environment.PULUMI_STACK);
  const dataDirectory = emptyCloudData(project.root);
  const cloud = await cloudAt({
    port: given.port,
    region: () => regionOfData(dataDirectory, settings["aws:region"], regionOf(settings)),
    dataDirectory,
    deployedOutputs: deployedOutputs(localBackend(project.root)),
  });
  try {
    const local = await withCloud(environment, cloud, project);
    const code = await runPulumi(executable, given.args, local);
    if (!cloud.wasRunning) {
      console.error(
        `fanout: the local cloud ran for this command only; its data is kept: fanout start --empty --port ${given.port}`,
      );
    }
    return code;
  } finally {
    await cloud.close();
  }
}

async function withCloud(
  environment: NodeJS.ProcessEnv,
  { url, region, providerPort }: ServedCloud,
  { directory }: AnyProject,
): Promise<NodeJS.ProcessEnv> {
  const local = { url, region, providerPort: await providerPort(directory) };
  const served = withLocalProvider(environment, local);
  // A backend of the user's, such as a bucket, is opened with the user's own credentials.
  return process.env.PULUMI_BACKEND_URL
    ? served
    : withClientEnvironment(served, { endpoint: url, region });
}
