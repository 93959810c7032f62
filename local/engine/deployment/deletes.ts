import type { Provider } from "../../pulumi/provider.ts";
import { isDefaultProvider, isProviderType, type Urn } from "../../pulumi/urn.ts";
import { toProvider } from "../../pulumi/values/secrets.ts";
import { urnOfReference } from "../providers/providerRegistry.ts";
import type { ResourceState } from "../state/resourceState.ts";
import type { Deployment } from "./deployment.ts";
import { DeploymentError, howToUnprotect } from "./diagnostics.ts";
import type { Operation } from "./steps.ts";

/**
 * Deletes what the program no longer has, and what was replaced: each after everything that depends on it.
 * A failure leaves the rest as it is.
 */
export async function deleteAbandoned(deployment: Deployment): Promise<void> {
  forgetDeletedAhead(deployment);
  const abandoned = abandonedStates(deployment);
  const doomed = new Set(abandoned.map(({ urn }) => urn));
  const dependents = dependentsByUrn(abandoned);
  const done = new Map<string, Promise<Fate>>();

  function remove(state: ResourceState): Promise<Fate> {
    const known = done.get(state.key);
    if (known !== undefined) return known;
    const removal = removeAfterDependents(state);
    done.set(state.key, removal);
    return removal;
  }

  async function removeAfterDependents(state: ResourceState): Promise<Fate> {
    const waitFor = (dependents.get(state.urn) ?? []).filter(({ key }) => key !== state.key);
    const fates = await Promise.all(waitFor.map(remove));
    if (fates.includes("refused") || deployment.isFailed) return "refused";
    return fates.includes("kept") ? "kept" : removeOne(deployment, state, doomed);
  }

  const fates = await Promise.all(abandoned.map(remove));
  if (fates.includes("refused") && !deployment.isFailed) {
    deployment.failSilently(new Error("not everything could be deleted"));
  }
}

/** What became of a resource that was to be deleted. */
type Fate =
  | "gone"
  /** For the data that it, or what depends on it, holds. */
  | "kept"
  /** By an error, or because it is protected. */
  | "refused";

/** What a replacement has deleted, and the program turned out to have no more. */
function forgetDeletedAhead(deployment: Deployment): void {
  for (const state of deployment.olds.values()) {
    if (!deployment.deletedAhead.has(state.key)) continue;
    deployment.forget(state);
    if (!deployment.news.has(state.urn)) deployment.record("remove-pending-replace", state.urn);
  }
}

/** Old states that nothing of this run goes on with, the newest first. */
function abandonedStates({ olds, oldPendingDeletes, news, deletedAhead }: Deployment) {
  const kept = new Set([...news.values()].map(({ key }) => key));
  return [...oldPendingDeletes, ...olds.values()]
    .filter(({ key }) => !kept.has(key) && !deletedAhead.has(key))
    .reverse();
}

function dependentsByUrn(states: readonly ResourceState[]): Map<Urn, ResourceState[]> {
  const dependents = new Map<Urn, ResourceState[]>();
  for (const state of states) {
    for (const urn of dependencyUrns(state)) {
      const others = dependents.get(urn);
      if (others === undefined) dependents.set(urn, [state]);
      else others.push(state);
    }
  }
  return dependents;
}

/** Everything that has to exist as long as this resource does. */
export function dependencyUrns(state: ResourceState): Set<Urn> {
  return new Set(
    [
      state.parent,
      ...state.dependencies,
      ...Object.values(state.propertyDependencies).flat(),
      state.deletedWith,
      state.provider === "" ? "" : urnOfReference(state.provider),
    ].filter((urn) => urn !== "" && urn !== state.urn),
  );
}

async function removeOne(
  deployment: Deployment,
  state: ResourceState,
  doomed: ReadonlySet<Urn>,
): Promise<Fate> {
  const isReplaced = deployment.news.has(state.urn) || state.pendingDelete;
  if (state.protect && !isReplaced) {
    deployment.report({ severity: "error", urn: state.urn, message: protectedMessage(state.urn) });
    if (deployment.preview) deployment.record("delete", state.urn);
    return "refused";
  }
  try {
    const data = isReplaced ? undefined : await deployment.holds(state);
    if (data !== undefined) {
      deployment.leftovers.push(data);
      return "kept";
    }
    await deleteResource(deployment, state, doomed);
    deployment.record(operationOf(state, isReplaced), state.urn);
    return "gone";
  } catch (error) {
    deployment.fail(state.urn, error);
    return "refused";
  }
}

function operationOf(
  { pendingReplacement, external }: ResourceState,
  isReplaced: boolean,
): Operation {
  if (pendingReplacement) return "remove-pending-replace";
  if (external) return isReplaced ? "discard-replaced" : "discard";
  return isReplaced ? "delete-replaced" : "delete";
}

function protectedMessage(urn: Urn): string {
  return `resource "${urn}" cannot be deleted\nbecause it is protected. ${howToUnprotect}`;
}

/**
 * Deletes a resource, in fact where it is the program's own, and from the state.
 *
 * @param doomed URNs of all that is being deleted; what is `deletedWith` one of them goes by itself
 */
export async function deleteResource(
  deployment: Deployment,
  state: ResourceState,
  doomed: ReadonlySet<Urn>,
): Promise<void> {
  const { preview, hooks } = deployment;
  const call = { resource: state, oldInputs: state.inputs, oldOutputs: state.outputs };
  await hooks.run("beforeDelete", call);
  const isLeft =
    preview ||
    !state.custom ||
    state.external ||
    state.retainOnDelete ||
    state.pendingReplacement ||
    doomed.has(state.deletedWith);
  if (!isLeft) {
    await lastProvider(deployment, state).delete({
      ...state,
      inputs: toProvider(state.inputs),
      outputs: toProvider(state.outputs),
    });
  }
  deployment.forget(state);
  if (!isDefaultProvider(state.urn)) await hooks.run("afterDelete", call);
}

/** The provider with which a resource was made: configured as it was, where the program has changed it. */
export function lastProvider(deployment: Deployment, state: ResourceState): Provider {
  const { providers, news, olds, oldPendingDeletes } = deployment;
  const urn = urnOfReference(state.provider);
  const isSame = (each: ResourceState) => `${each.urn}::${each.id}` === state.provider;
  const registered = news.get(urn);
  if (isProviderType(state.type) || (registered !== undefined && isSame(registered))) {
    return providers.providerOf(state.type, state.provider);
  }
  const last = [...olds.values(), ...oldPendingDeletes].find(isSame);
  const provider = last && providers.configured(last.type, toProvider(last.inputs));
  if (provider !== undefined) return provider;
  throw new DeploymentError(state.urn, `could not find provider ${state.provider} in old state`);
}
