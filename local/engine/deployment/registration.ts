import type { Urn } from "../../pulumi/urn.ts";
import { sameValues } from "../../pulumi/values/json.ts";
import type { ResourceState } from "../state/resourceState.ts";
import { aliasUrns } from "./aliases.ts";
import { claimUrn } from "./claimUrn.ts";
import { registerCustom } from "./customResource.ts";
import type { Deployment } from "./deployment.ts";
import { aboutResource, DeploymentError } from "./diagnostics.ts";
import type { Goal } from "./goal.ts";
import { newState } from "./newState.ts";
import type { Operation } from "./steps.ts";

/**
 * Brings a resource to what the program says: creates it, leaves it, updates or replaces it.
 *
 * @throws DeploymentError for what Pulumi refuses, and for what the provider does
 */
export async function register(deployment: Deployment, goal: Goal): Promise<ResourceState> {
  if (goal.parent !== "" && !deployment.registered.has(goal.parent)) {
    throw new DeploymentError("", `could not find parent resource ${goal.parent}`);
  }
  const urn = claimUrn(deployment, goal);
  const old = findOld(deployment, urn, goal);
  return aboutResource(
    urn,
    goal.custom
      ? registerCustom(deployment, urn, goal, old)
      : registerComponent(deployment, urn, goal, old),
  );
}

/** What the last run knows of a resource, by its URN or one that it had. */
function findOld(deployment: Deployment, urn: Urn, goal: Goal): ResourceState | undefined {
  const { olds, oldUrns, takenBy, registered, target } = deployment;
  const taken = takenBy.get(urn);
  if (taken !== undefined) {
    throw new DeploymentError(
      urn,
      `Duplicate resource URN '${urn}' conflicting with alias on resource with URN '${taken}'`,
    );
  }
  for (const candidate of [urn, ...aliasUrns(target, goal, oldUrns)]) {
    const old = olds.get(candidate);
    if (old === undefined) continue;
    if (candidate === urn) return old;
    const other = registered.has(candidate) ? urn : takenBy.get(candidate);
    if (other !== undefined) {
      throw new DeploymentError(
        urn,
        `Duplicate resource alias '${candidate}' applied to resource with URN '${urn}' conflicting with resource with URN '${other}'`,
      );
    }
    takenBy.set(candidate, urn);
    oldUrns.set(urn, candidate);
    return old;
  }
  return undefined;
}

async function registerComponent(
  deployment: Deployment,
  urn: Urn,
  goal: Goal,
  old: ResourceState | undefined,
): Promise<ResourceState> {
  const isNew = old === undefined || old.custom;
  const state: ResourceState = {
    ...newState(deployment, urn, goal, isNew ? undefined : old),
    outputs: isNew ? {} : old.outputs,
  };
  const operation = operationOf(goal, old);
  if (isNew) {
    await deployment.hooks.run("beforeCreate", { resource: state, newInputs: state.inputs });
  } else if (operation === "update") {
    await deployment.hooks.run("beforeUpdate", {
      resource: state,
      newInputs: state.inputs,
      oldInputs: old?.inputs,
      oldOutputs: old?.outputs,
    });
  }
  // A component that takes the place of a resource: that is deleted at the end.
  if (old?.custom) deployment.save({ ...old, pendingDelete: true });
  deployment.record(operation, urn);
  deployment.complete(state);
  return state;
}

function operationOf({ inputs }: Goal, old: ResourceState | undefined): Operation {
  if (old === undefined) return "create";
  if (old.custom) return "create-replacement";
  return sameValues(inputs, old.inputs) ? "same" : "update";
}
