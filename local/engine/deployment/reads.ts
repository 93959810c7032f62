import type { Urn } from "../../pulumi/urn.ts";
import { markSecrets, toProvider, withSecrets } from "../../pulumi/values/secrets.ts";
import type { ValueMap } from "../../pulumi/values/value.ts";
import type { ResourceState } from "../state/resourceState.ts";
import { claimUrn } from "./claimUrn.ts";
import type { Deployment } from "./deployment.ts";
import { aboutResource, DeploymentError } from "./diagnostics.ts";
import { type Goal, noOptions } from "./goal.ts";
import { newState } from "./newState.ts";

/** What `Resource.get` asks for. */
export type ReadGoal = Pick<
  Goal,
  "type" | "name" | "parent" | "provider" | "dependencies" | "additionalSecretOutputs"
> & {
  readonly id: string;
  /** What the program knows of the resource. */
  readonly properties: ValueMap;
};

/**
 * Reads a resource that the program does not manage. It is never changed or deleted.
 *
 * @throws DeploymentError when there is none
 */
export async function read(deployment: Deployment, goal: ReadGoal): Promise<ResourceState> {
  const { type, name, id } = goal;
  const urn = claimUrn(deployment, goal);
  const reason = deployment.providers.unservedReason(type);
  if (reason !== undefined) throw new DeploymentError(urn, reason);
  const provider = deployment.providers.providerOf(type, goal.provider);
  const request = { urn, type, name, id, inputs: toProvider(goal.properties) };
  const found = await aboutResource(urn, provider.read(request));
  if (found === undefined) throw new DeploymentError(urn, `resource '${id}' does not exist`);
  const outputs = markSecrets(found.outputs, goal.properties);
  return complete(deployment, urn, goal, withSecrets(outputs, goal.additionalSecretOutputs));
}

/** @param outputs what the resource holds of the other stack */
export function readStackReference(
  deployment: Deployment,
  goal: Omit<ReadGoal, "provider">,
  outputs: ValueMap,
): ResourceState {
  const urn = claimUrn(deployment, goal);
  return complete(deployment, urn, { ...goal, provider: "" }, outputs);
}

function complete(
  deployment: Deployment,
  urn: Urn,
  goal: ReadGoal,
  outputs: ValueMap,
): ResourceState {
  const state = {
    ...stateOfRead(deployment, urn, goal, deployment.olds.get(urn)),
    id: goal.id,
    inputs: goal.properties,
    outputs,
  };
  const old = deployment.olds.get(urn);
  const isReplacement = old !== undefined && !isSame(old, goal);
  deployment.record(isReplacement ? "read-replacement" : "read", urn);
  deployment.complete(state);
  return state;
}

function isSame(old: ResourceState, { id }: ReadGoal): boolean {
  return old.external || old.id === id;
}

function stateOfRead(
  deployment: Deployment,
  urn: Urn,
  goal: ReadGoal,
  old: ResourceState | undefined,
): ResourceState {
  // A resource that was managed, and is only read from now on, stays; another one of its name is deleted.
  const goesOn = old !== undefined && isSame(old, goal);
  if (old !== undefined && !goesOn) deployment.save({ ...old, pendingDelete: true });
  const asGoal: Goal = {
    ...noOptions,
    ...goal,
    custom: true,
    inputs: goal.properties,
    propertyDependencies: new Map(),
  };
  return { ...newState(deployment, urn, asGoal, goesOn ? old : undefined), external: true };
}
