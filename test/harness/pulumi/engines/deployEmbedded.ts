import { runStack } from "../../../../local/engine/engine.ts";
import { programProcess } from "../../../../local/engine/program/programProcess.ts";
import { readProject } from "../../../../local/engine/project/project.ts";
import { readStackConfig } from "../../../../local/engine/project/stackConfig.ts";
import { MemoryStackOutputs } from "../../../../local/engine/state/stackOutputs.ts";
import { MemoryStateStore } from "../../../../local/engine/state/stateStore.ts";
import { AwsProvider } from "../../../../local/provider/awsProvider.ts";
import { serveLocalCloud } from "../localCloud.ts";
import { textsOf } from "./configTexts.ts";
import { entriesOf } from "./embeddedState.ts";
import { organization, type StateEntry } from "./engine.ts";

/**
 * Deploys a project to a local cloud of its own with the embedded engine, with random names as AWS's
 * provider makes them.
 *
 * @param config over the stack's, by full key
 * @returns what the engine keeps
 */
export async function deployEmbedded(
  directory: string,
  stack: string,
  config: Readonly<Record<string, unknown>>,
): Promise<StateEntry[]> {
  const project = readProject(directory);
  const { values, secretKeys } = await readStackConfig(project, stack);
  await using served = await serveLocalCloud(values["aws:region"] ?? "eu-west-1");
  const state = new MemoryStateStore();
  let output = "";
  const { succeeded, diagnostics } = await runStack({
    target: { organization, project: project.name, stack },
    config: { values: { ...values, ...textsOf(config) }, secretKeys },
    workingDirectory: project.directory,
    host: {
      providers: { aws: new AwsProvider(served.cloud, { directory: project.directory }) },
      state,
      stackOutputs: new MemoryStackOutputs(),
    },
    program: programProcess({
      project,
      onOutput: (_stream, text) => {
        output += text;
      },
    }),
  });
  if (!succeeded) throw new Error(JSON.stringify(diagnostics) + output);
  return entriesOf(state.load());
}
