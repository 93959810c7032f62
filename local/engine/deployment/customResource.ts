import { inputOf } from "../../pulumi/inputPath.ts";
import type { CheckFailure, Provider } from "../../pulumi/provider.ts";
import { isProviderType, type Urn } from "../../pulumi/urn.ts";
import { resetPaths } from "../../pulumi/values/propertyPath.ts";
import { markSecrets, toProvider, withSecrets } from "../../pulumi/values/secrets.ts";
import { Secret, type ValueMap } from "../../pulumi/values/value.ts";
import type { ResourceState } from "../state/resourceState.ts";
import type { Deployment } from "./deployment.ts";
import { DeploymentError } from "./diagnostics.ts";
import { type Decision, decide } from "./difference.ts";
import type { Goal } from "./goal.ts";
import { importResource, isImport } from "./imports.ts";
import { newState } from "./newState.ts";
import { proposalFor, seedOf } from "./proposal.ts";
import { deleteBeforeReplacement } from "./replacement.ts";
import type { Work } from "./work.ts";

/** Creates, imports, leaves, updates or replaces a resource that a provider makes. */
export async function registerCustom(
  deployment: Deployment,
  urn: Urn,
  goal: Goal,
  last: ResourceState | undefined,
): Promise<ResourceState> {
  const work = { deployment, urn, goal, provider: providerFor(deployment, urn, goal) };
  const old = isImport(goal, last) ? await importResource(work, last) : last;
  const kept = old === undefined || old.external ? undefined : old;
  const inputs = await check(work, kept);
  if (kept === undefined) return create(work, inputs, old);
  if (wasDeletedAhead(work, kept)) return create(work, inputs, kept);
  const decision = await decide(work, kept, inputs);
  switch (decision.kind) {
    case "same":
      return leave(work, kept, inputs);
    case "update":
      return update(work, kept, inputs);
    case "replace":
      return replace(work, kept, decision);
  }
}

function providerFor(deployment: Deployment, urn: Urn, goal: Goal): Provider {
  const reason = deployment.providers.unservedReason(goal.type);
  if (reason !== undefined) throw new DeploymentError(urn, reason);
  return deployment.providers.providerOf(goal.type, goal.provider);
}

/** @returns the inputs with the provider's defaults */
async function check(
  { deployment, urn, goal, provider }: Work,
  old: ResourceState | undefined,
): Promise<ValueMap> {
  deployment.assertRunning();
  const given =
    old === undefined ? goal.inputs : resetPaths(goal.inputs, old.inputs, goal.ignoreChanges);
  const { inputs, failures } = await provider.check({
    urn,
    type: goal.type,
    name: goal.name,
    inputs: toProvider(given),
    oldInputs: old === undefined ? undefined : toProvider(old.inputs),
    randomSeed: seedOf(deployment, urn),
    autonaming: proposalFor(deployment, urn).options,
  });
  if (failures.length > 0) {
    throw new DeploymentError(
      urn,
      failures.map((failure) => describe(goal, failure)),
    );
  }
  return markSecrets(inputs, given);
}

function describe({ type, name, inputs }: Goal, { property, reason }: CheckFailure): string {
  if (property === "") return `${type} resource '${name}' has a problem: ${reason}`;
  const value = inputs[inputOf(property)];
  const shown =
    value instanceof Secret
      ? "[secret]"
      : JSON.stringify(toProvider({ value: value ?? null }).value);
  return `${type} resource '${name}': property ${property} value {${value === undefined ? "<nil>" : shown}} has a problem: ${reason}`;
}

/** Whether a replacement that this one depends on has deleted it, in this run or an interrupted one. */
function wasDeletedAhead({ deployment }: Work, old: ResourceState): boolean {
  return old.pendingReplacement || deployment.deletedAhead.has(old.key);
}

async function create(
  work: Work,
  inputs: ValueMap,
  replaced?: ResourceState,
): Promise<ResourceState> {
  const { deployment, urn, goal, provider } = work;
  const state = { ...newState(deployment, urn, goal, undefined), inputs };
  await deployment.hooks.run("beforeCreate", { resource: state, newInputs: inputs });
  deployment.assertRunning();
  const { type, name } = goal;
  const { preview } = deployment;
  const created = await provider.create({ urn, type, name, inputs: toProvider(inputs), preview });
  const made = finish(work, { ...state, id: created.id }, markSecrets(created.outputs, inputs));
  if (replaced !== undefined) settleReplaced(deployment, replaced);
  deployment.record(replaced === undefined ? "create" : "create-replacement", urn);
  // What takes the place of a resource that was only read is a new one for everything else.
  if (replaced?.external === true) deployment.operations.set(urn, "create");
  await deployment.hooks.run("afterCreate", {
    resource: made,
    newInputs: inputs,
    newOutputs: made.outputs,
  });
  return made;
}

/** The old resource is deleted when the program has run, unless it is gone already. */
function settleReplaced(deployment: Deployment, replaced: ResourceState): void {
  if (replaced.pendingReplacement || deployment.deletedAhead.has(replaced.key)) {
    deployment.deletedAhead.add(replaced.key);
    deployment.forget(replaced);
  } else deployment.save({ ...replaced, pendingDelete: true });
}

function leave(work: Work, old: ResourceState, inputs: ValueMap): ResourceState {
  const { deployment, urn, goal } = work;
  const left = finish(work, { ...newState(deployment, urn, goal, old), inputs }, old.outputs);
  // An import has been recorded as one.
  if (!deployment.operations.get(urn)?.startsWith("import")) deployment.record("same", urn);
  return left;
}

async function update(work: Work, old: ResourceState, inputs: ValueMap): Promise<ResourceState> {
  const { deployment, urn, goal, provider } = work;
  const state = { ...newState(deployment, urn, goal, old), inputs };
  const before = { newInputs: inputs, oldInputs: old.inputs, oldOutputs: old.outputs };
  await deployment.hooks.run("beforeUpdate", { resource: state, ...before });
  deployment.assertRunning();
  const outputs = await provider.update({
    urn,
    type: goal.type,
    name: goal.name,
    id: old.id,
    inputs: toProvider(old.inputs),
    outputs: toProvider(old.outputs),
    newInputs: toProvider(inputs),
    ignoreChanges: goal.ignoreChanges,
    preview: deployment.preview,
  });
  const updated = finish(work, state, markSecrets(outputs, inputs));
  deployment.record("update", urn);
  await deployment.hooks.run("afterUpdate", {
    resource: updated,
    ...before,
    newOutputs: updated.outputs,
  });
  return updated;
}

async function replace(
  work: Work,
  old: ResourceState,
  { because, deleteBeforeReplace }: Extract<Decision, { kind: "replace" }>,
): Promise<ResourceState> {
  const { deployment, urn } = work;
  await assertEmpty(work, old, because);
  // Defaults and automatic names of the old resource are not those of the new one.
  const inputs = await check(work, undefined);
  deployment.operations.set(urn, "create-replacement");
  if (deleteBeforeReplace && !old.pendingReplacement)
    await deleteBeforeReplacement(deployment, old);
  return create(work, inputs, old);
}

/** @throws DeploymentError for a resource that holds data; AWS would delete it without a warning */
async function assertEmpty(
  { deployment, urn }: Work,
  old: ResourceState,
  because: readonly string[],
): Promise<void> {
  const data = await deployment.holds(old);
  if (data === undefined) return;
  throw new DeploymentError(
    urn,
    `a change of ${because.join(", ")} would replace the ${data}: empty it first, or use another data directory (on AWS all of that would be deleted)`,
  );
}

/** Takes in what came of a resource; a provider is at hand from now on. */
function finish(
  { deployment, goal }: Work,
  state: ResourceState,
  outputs: ValueMap,
): ResourceState {
  const names = goal.additionalSecretOutputs.filter((name) => name !== "id");
  const finished = { ...state, outputs: withSecrets(outputs, names) };
  deployment.complete(finished);
  if (isProviderType(state.type)) {
    deployment.providers.configure(state.urn, state.type, toProvider(state.inputs));
  }
  return finished;
}
