import { readProject } from "../../../local/engine/project/project.ts";
import { readStackConfig } from "../../../local/engine/project/stackConfig.ts";

/** The settings of one of this repository's stacks, by full key. */
export async function stackSettings(stack: string): Promise<Readonly<Record<string, string>>> {
  return (await readStackConfig(readProject(), stack)).values;
}
