import { stackType, type Urn } from "../../pulumi/urn.ts";
import type { ValueMap } from "../../pulumi/values/value.ts";
import type { Deployment } from "./deployment.ts";

/** Takes what a component, or the stack, says of itself when it is complete. */
export async function registerOutputs(
  deployment: Deployment,
  urn: Urn,
  outputs: ValueMap,
): Promise<void> {
  const state = deployment.news.get(urn);
  if (state === undefined) {
    throw new Error(`cannot complete a resource '${urn}' whose registration isn't pending`);
  }
  // The stack's outputs hold only once the whole program has run: they are kept at the end.
  if (state.type === stackType) {
    deployment.stackOutputs = outputs;
    return;
  }
  const complete = { ...state, outputs };
  deployment.complete(complete);
  const operation = deployment.operations.get(urn);
  if (operation === "create") {
    await deployment.hooks.run("afterCreate", {
      resource: complete,
      newInputs: complete.inputs,
      newOutputs: outputs,
    });
  } else if (operation === "update") {
    await deployment.hooks.run("afterUpdate", {
      resource: complete,
      newInputs: complete.inputs,
      newOutputs: outputs,
    });
  }
}
