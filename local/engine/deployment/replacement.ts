import type { Urn } from "../../pulumi/urn.ts";
import { unknown } from "../../pulumi/values/propertyValue.ts";
import { toProvider } from "../../pulumi/values/secrets.ts";
import type { Value } from "../../pulumi/values/value.ts";
import { urnOfReference } from "../providers/providerRegistry.ts";
import type { ResourceState } from "../state/resourceState.ts";
import { deleteResource, dependencyUrns, lastProvider } from "./deletes.ts";
import type { Deployment } from "./deployment.ts";
import { DeploymentError, howToUnprotect } from "./diagnostics.ts";
import { withReplaceOnChanges } from "./difference.ts";

/**
 * Deletes a resource before its replacement comes, and before that everything that has to be replaced with
 * it, in reverse order. What is deleted stays in the state until its replacement is there, or the program
 * turns out to have it no more.
 *
 * @throws DeploymentError when one of them is protected; nothing has been deleted then
 */
export async function deleteBeforeReplacement(
  deployment: Deployment,
  old: ResourceState,
): Promise<void> {
  const dependents = await dependentReplacements(deployment, old);
  const guarded = dependents.find(({ protect }) => protect);
  if (guarded !== undefined) {
    throw new DeploymentError(
      old.urn,
      `unable to replace resource "${guarded.urn}" as part of replacing "${old.urn}" as it is currently marked for protection. ${howToUnprotect}`,
    );
  }
  const doomed = new Set([old.urn, ...dependents.map(({ urn }) => urn)]);
  for (const state of [...dependents.reverse(), old]) {
    deployment.assertRunning();
    if (!state.pendingReplacement) await deleteResource(deployment, state, doomed);
    deployment.deletedAhead.add(state.key);
    deployment.save({ ...state, pendingReplacement: true });
    deployment.record("delete-replaced", state.urn);
  }
}

/** In the order of their dependencies. What has been registered in this run cannot depend on it. */
async function dependentReplacements(
  deployment: Deployment,
  root: ResourceState,
): Promise<ResourceState[]> {
  const replaced = new Set([root.urn]);
  const dependents: ResourceState[] = [];
  for (const state of inDependencyOrder([...deployment.olds.values()])) {
    const isSettled =
      state.key === root.key ||
      deployment.deletedAhead.has(state.key) ||
      deployment.operations.has(state.urn);
    if (isSettled || !(await mustBeReplaced(deployment, state, replaced))) continue;
    replaced.add(state.urn);
    dependents.push(state);
  }
  return dependents;
}

async function mustBeReplaced(
  deployment: Deployment,
  state: ResourceState,
  replaced: ReadonlySet<Urn>,
): Promise<boolean> {
  if (!state.custom || state.external) return false;
  if (state.provider !== "" && replaced.has(urnOfReference(state.provider))) return true;
  if (replaced.has(state.deletedWith)) return true;
  if (state.replaceWith.some((urn) => replaced.has(urn))) return true;
  const changing = Object.entries(state.propertyDependencies).filter(([, urns]) =>
    urns.some((urn) => replaced.has(urn)),
  );
  if (changing.length === 0) return false;
  const newInputs: Record<string, Value> = { ...state.inputs };
  for (const [name] of changing) if (newInputs[name] !== undefined) newInputs[name] = unknown;
  const diff = await lastProvider(deployment, state).diff({
    ...state,
    inputs: toProvider(state.inputs),
    outputs: toProvider(state.outputs),
    newInputs: toProvider(newInputs),
    ignoreChanges: state.ignoreChanges,
  });
  return withReplaceOnChanges(diff, state.replaceOnChanges).replaces.length > 0;
}

/** Each after what it depends on. */
function inDependencyOrder(states: readonly ResourceState[]): ResourceState[] {
  const byUrn = new Map(states.map((state) => [state.urn, state]));
  const ordered = new Set<ResourceState>();
  const visiting = new Set<Urn>();
  function visit(state: ResourceState): void {
    if (visiting.has(state.urn)) return;
    visiting.add(state.urn);
    for (const urn of dependencyUrns(state)) {
      const dependency = byUrn.get(urn);
      if (dependency !== undefined) visit(dependency);
    }
    ordered.add(state);
  }
  for (const state of states) visit(state);
  return [...ordered];
}
