import { markSecrets } from "../../pulumi/values/secrets.ts";
import type { ResourceState } from "../state/resourceState.ts";
import { DeploymentError } from "./diagnostics.ts";
import type { Goal } from "./goal.ts";
import { newState } from "./newState.ts";
import type { Work } from "./work.ts";

/** Whether a resource that exists without the program is to be taken over: the option `import`. */
export function isImport(goal: Goal, old: ResourceState | undefined): boolean {
  if (goal.importId === "") return false;
  return old === undefined || old.external || (old.importId || old.id) !== goal.importId;
}

/**
 * Reads a resource that the program takes over.
 *
 * @returns it as it is, to be compared with what the program says
 * @throws DeploymentError when there is none
 */
export async function importResource(
  { deployment, urn, goal, provider }: Work,
  replaced: ResourceState | undefined,
): Promise<ResourceState> {
  const { type, name, importId } = goal;
  deployment.assertRunning();
  const read = await provider.read({ urn, type, name, id: importId });
  if (read === undefined) {
    throw new DeploymentError(urn, `resource '${importId}' does not exist`);
  }
  const state = {
    ...newState(deployment, urn, goal, undefined),
    id: read.id,
    inputs: markSecrets(read.inputs, goal.inputs),
    outputs: markSecrets(read.outputs, goal.inputs),
  };
  if (replaced !== undefined) deployment.save({ ...replaced, pendingDelete: true });
  deployment.complete(state);
  deployment.record(replaced === undefined ? "import" : "import-replacement", urn);
  return state;
}
