import { describeDiagnostic } from "../../../../local/engine/deployment/diagnostics.ts";
import { type Host, runStack } from "../../../../local/engine/engine.ts";
import { inlineProgram } from "../../../../local/engine/program/inlineProgram.ts";
import { urnOfReference } from "../../../../local/engine/providers/providerRegistry.ts";
import type { ResourceState } from "../../../../local/engine/state/resourceState.ts";
import { MemoryStackOutputs } from "../../../../local/engine/state/stackOutputs.ts";
import { MemoryStateStore } from "../../../../local/engine/state/stateStore.ts";
import { isProviderType } from "../../../../local/engine/urn.ts";
import { plainOutputs } from "../../../../local/engine/values/json.ts";
import { isList, isValueMap, Secret, type Value } from "../../../../local/engine/values/value.ts";
import type { FakeProvider } from "../../../local/engine/support/fakeProvider.ts";
import {
  type Engine,
  inOrder,
  isOwn,
  organization,
  project,
  type StateEntry,
  stack,
  stepText,
  withoutEmpty,
} from "./engine.ts";

export function embeddedEngine(aws: FakeProvider): Engine {
  const state = new MemoryStateStore();
  const host: Host = { providers: { aws }, state, stackOutputs: new MemoryStackOutputs() };
  return {
    run: async (program, { preview = false } = {}) => {
      const before = aws.log.length;
      const { succeeded, steps, diagnostics } = await runStack({
        target: { organization, project, stack },
        config: { values: {}, secretKeys: [] },
        workingDirectory: process.cwd(),
        host,
        preview,
        program: inlineProgram(program),
      });
      return {
        succeeded,
        steps: steps
          .filter(({ urn }) => !isOwn(urn))
          .map(({ operation, urn }) => stepText(operation, urn)),
        calls: aws.log.slice(before),
        diagnostics: diagnostics.map((each) => describeDiagnostic({ ...each, urn: "" })),
        state: inOrder(state.load().map(entryOf)),
      };
    },
    [Symbol.asyncDispose]: async () => {},
  };
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
  if (isList(value)) return value.map(shown);
  if (!isValueMap(value)) return plainOutputs({ value }).value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shown(each)]));
}
