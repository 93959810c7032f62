import { urnOfReference } from "../../../../local/engine/providers/providerRegistry.ts";
import type { ResourceState } from "../../../../local/engine/state/resourceState.ts";
import { isProviderType } from "../../../../local/pulumi/urn.ts";
import { plainOutputs } from "../../../../local/pulumi/values/json.ts";
import { AssetValue } from "../../../../local/pulumi/values/propertyValue.ts";
import { isList, isValueMap, Secret, type Value } from "../../../../local/pulumi/values/value.ts";
import { inOrder, type StateEntry, shownAsset, withoutEmpty } from "./engine.ts";

/** What the embedded engine keeps of resources. */
export function entriesOf(states: readonly ResourceState[]): StateEntry[] {
  return inOrder(states.map(entryOf));
}

function entryOf(state: ResourceState): StateEntry {
  return {
    urn: state.urn,
    custom: state.custom,
    external: state.external,
    inputs: shown(state.inputs),
    outputs: shown(state.outputs),
    parent: state.parent,
    dependencies: state.dependencies.toSorted(),
    propertyDependencies: withoutEmpty(state.propertyDependencies),
    provider: isProviderType(state.type) ? "" : urnOfReference(state.provider),
    protect: state.protect,
    retainOnDelete: state.retainOnDelete,
    deletedWith: state.deletedWith,
    importId: state.importId,
    pendingDelete: state.pendingDelete,
    pendingReplacement: state.pendingReplacement,
  };
}

/** Values with secrets hidden, as the state of the real engine has them. */
function shown(value: Value): unknown {
  if (value instanceof Secret) return "[secret]";
  if (value instanceof AssetValue) {
    return shownAsset("path" in value.value ? value.value.path : "");
  }
  if (isList(value)) return value.map(shown);
  if (!isValueMap(value)) return plainOutputs({ value }).value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shown(each)]));
}
