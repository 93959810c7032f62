import { urnOfReference } from "../providers/providerRegistry.ts";
import type { ResourceState } from "../state/resourceState.ts";
import { isDefaultProvider, isProviderType, type Urn } from "../urn.ts";
import { toProvider } from "../values/secrets.ts";
import type { Deployment } from "./deployment.ts";
import { DeploymentError } from "./diagnostics.ts";

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
    if (deployment.deletedAhead.has(state.key)) deployment.forget(state);
  }
}

/** Old states that nothing of this run goes on with. */
function abandonedStates({ olds, oldPendingDeletes, news, deletedAhead }: Deployment) {
  const kept = new Set([...news.values()].map(({ key }) => key));
  return [...oldPendingDeletes, ...olds.values()].filter(
    ({ key }) => !kept.has(key) && !deletedAhead.has(key),
  );
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
    return "refused";
  }
  try {
    const data = isReplaced ? undefined : await deployment.holds(state);
    if (data !== undefined) {
      deployment.leftovers.push(data);
      return "kept";
    }
    await deleteResource(deployment, state, doomed);
    if (!state.external) deployment.record(isReplaced ? "delete-replaced" : "delete", state.urn);
    return "gone";
  } catch (error) {
    deployment.fail(state.urn, error);
    return "refused";
  }
}

function protectedMessage(urn: Urn): string {
  return `resource "${urn}" cannot be deleted\nbecause it is protected. To unprotect the resource, remove the \`protect\` flag from the resource in your Pulumi program and run it again; then remove the resource`;
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
    ensureProvider(deployment, state);
    await deployment.providers.providerOf(state.type, state.provider).delete({
      ...state,
      inputs: toProvider(state.inputs),
      outputs: toProvider(state.outputs),
    });
  }
  deployment.forget(state);
  if (!isDefaultProvider(state.urn)) await hooks.run("afterDelete", call);
}

/** A provider that the program no longer names is configured as it was. */
export function ensureProvider(deployment: Deployment, state: ResourceState): void {
  const { providers, olds, oldPendingDeletes } = deployment;
  if (isProviderType(state.type) || providers.isConfigured(state.provider)) return;
  const urn = urnOfReference(state.provider);
  const provider = olds.get(urn) ?? oldPendingDeletes.find((each) => each.urn === urn);
  if (provider === undefined) {
    throw new DeploymentError(state.urn, `could not find provider ${state.provider} in old state`);
  }
  providers.configure(urn, provider.type, toProvider(provider.inputs));
}
