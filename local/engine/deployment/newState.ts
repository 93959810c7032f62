import { isProviderType, type Urn } from "../../pulumi/urn.ts";
import type { ResourceState } from "../state/resourceState.ts";
import type { Deployment } from "./deployment.ts";
import type { Goal } from "./goal.ts";

/** The state that a resource begins with: what the program says, and nothing of what came of it. */
export function newState(
  deployment: Deployment,
  urn: Urn,
  goal: Goal,
  old: ResourceState | undefined,
): ResourceState {
  const trigger = goal.replacementTrigger;
  return {
    key: old?.key ?? deployment.newKey(),
    urn,
    type: goal.type,
    name: goal.name,
    custom: goal.custom,
    external: false,
    id: old?.id ?? "",
    inputs: goal.inputs,
    outputs: {},
    parent: goal.parent,
    dependencies: goal.dependencies,
    propertyDependencies: Object.fromEntries(goal.propertyDependencies),
    provider: isProviderType(goal.type) ? "" : goal.provider,
    protect: goal.protect ?? false,
    retainOnDelete: goal.retainOnDelete ?? false,
    deletedWith: goal.deletedWith,
    replaceWith: goal.replaceWith,
    ignoreChanges: goal.ignoreChanges,
    replaceOnChanges: goal.replaceOnChanges,
    additionalSecretOutputs: goal.additionalSecretOutputs,
    importId: goal.importId,
    replacementTrigger: trigger === undefined ? "" : triggerText(trigger),
    hooks: goal.hooks,
    pendingDelete: false,
    pendingReplacement: false,
  };
}

function triggerText(trigger: Exclude<Goal["replacementTrigger"], undefined>): string {
  return JSON.stringify(trigger, (_key, value: unknown) =>
    typeof value === "symbol" ? "<unknown>" : value,
  );
}
