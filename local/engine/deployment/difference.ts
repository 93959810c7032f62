import type { Diff } from "../../pulumi/provider.ts";
import { isProviderType } from "../../pulumi/urn.ts";
import { parsePath, pathContains } from "../../pulumi/values/propertyPath.ts";
import { toProvider } from "../../pulumi/values/secrets.ts";
import type { ValueMap } from "../../pulumi/values/value.ts";
import { urnOfReference } from "../providers/providerRegistry.ts";
import type { ResourceState } from "../state/resourceState.ts";
import type { Deployment } from "./deployment.ts";
import { DeploymentError, howToUnprotect } from "./diagnostics.ts";
import type { Goal } from "./goal.ts";
import { newState } from "./newState.ts";
import { proposalFor } from "./proposal.ts";
import type { Work } from "./work.ts";

/** What has to be done to a resource that exists. */
export type Decision =
  | { readonly kind: "same" }
  | { readonly kind: "update" }
  | {
      readonly kind: "replace";
      /** The paths of the properties, or the option, that make it necessary. */
      readonly because: readonly string[];
      readonly deleteBeforeReplace: boolean;
    };

/**
 * Compares what a resource is with what the program says now.
 *
 * @throws DeploymentError for a replacement that is not allowed: of a protected or an imported resource
 */
export async function decide(work: Work, old: ResourceState, inputs: ValueMap): Promise<Decision> {
  const { deployment, urn, goal, provider } = work;
  const reason = replacedWithout(work, old);
  let difference: Pick<Diff, "changes" | "replaces" | "deleteBeforeReplace">;
  if (reason === undefined) {
    deployment.assertRunning();
    const diff = await provider.diff({
      urn,
      type: goal.type,
      name: goal.name,
      id: old.id,
      inputs: toProvider(old.inputs),
      outputs: toProvider(old.outputs),
      newInputs: toProvider(inputs),
      ignoreChanges: goal.ignoreChanges,
    });
    difference = withReplaceOnChanges(diff, goal.replaceOnChanges);
  } else difference = { changes: true, replaces: [reason], deleteBeforeReplace: false };
  if (!difference.changes) return { kind: "same" };
  if (difference.replaces.length === 0) return { kind: "update" };
  assertReplaceable(work, old, difference.replaces);
  return {
    kind: "replace",
    because: difference.replaces,
    // Two resources cannot have one name at the same time.
    deleteBeforeReplace:
      proposalFor(deployment, urn).isFixed ||
      (goal.deleteBeforeReplace ?? difference.deleteBeforeReplace),
  };
}

/** Why a resource is replaced whatever its inputs are; `undefined` when the inputs decide. */
function replacedWithout({ deployment, urn, goal }: Work, old: ResourceState): string | undefined {
  const isReplaced = (other: string) => deployment.operations.get(other) === "create-replacement";
  if (goal.replaceWith.some(isReplaced)) return "replaceWith";
  if (goal.deletedWith !== "" && isReplaced(goal.deletedWith)) return "deletedWith";
  if (old.custom !== goal.custom || providerChanged(deployment, goal, old)) return "provider";
  const { replacementTrigger } = newState(deployment, urn, goal, old);
  return replacementTrigger === old.replacementTrigger ? undefined : "replacementTrigger";
}

/** Whether another provider, or another configuration of it, cannot go on with the resource. */
function providerChanged(
  { providers, olds, news, takenBy }: Deployment,
  { type, provider }: Goal,
  old: ResourceState,
): boolean {
  if (isProviderType(type) || provider === old.provider) return false;
  const [before, after] = [urnOfReference(old.provider), urnOfReference(provider)];
  const [last, next] = [olds.get(before), news.get(after)];
  if (last === undefined || next === undefined) return true;
  if (takenBy.get(before) === after) return false;
  return providers.replacesResources(next.type, toProvider(last.inputs), toProvider(next.inputs));
}

/** https://www.pulumi.com/docs/iac/concepts/resources/options/replaceonchanges/ */
export function withReplaceOnChanges(diff: Diff, paths: readonly string[]): Diff {
  if (!diff.changes || paths.length === 0) return diff;
  const parsed = paths.map(parsePath);
  const replaces = Object.keys(diff.detailed).filter((changed) =>
    parsed.some((path) => pathContains(path, parsePath(changed))),
  );
  return { ...diff, replaces: [...new Set([...diff.replaces, ...replaces])] };
}

function assertReplaceable(
  { deployment, urn, goal }: Work,
  old: ResourceState,
  replaces: readonly string[],
): void {
  if (old.protect && (goal.protect ?? false)) {
    const message = `unable to replace resource "${urn}"\nas it is currently marked for protection. ${howToUnprotect}`;
    deployment.refuse(new DeploymentError(urn, message));
  }
  if (goal.importId !== "" && !deployment.preview) {
    throw new DeploymentError(
      urn,
      `previously-imported resources that still specify an ID may not be replaced; please remove the \`import\` declaration from your program; changed: ${replaces.join(", ")}`,
    );
  }
}
