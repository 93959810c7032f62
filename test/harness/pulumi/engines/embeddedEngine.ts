import { describeDiagnostic } from "../../../../local/engine/deployment/diagnostics.ts";
import { type Host, runStack } from "../../../../local/engine/engine.ts";
import { inlineProgram } from "../../../../local/engine/program/inlineProgram.ts";
import { MemoryStackOutputs } from "../../../../local/engine/state/stackOutputs.ts";
import { MemoryStateStore } from "../../../../local/engine/state/stateStore.ts";
import type { Provider } from "../../../../local/pulumi/provider.ts";
import { textsOf } from "./configTexts.ts";
import { entriesOf } from "./embeddedState.ts";
import { type Engine, isOwn, organization, project, stack, stepText } from "./engine.ts";

/** @param calls what the provider was asked to do so far; by default, nothing is known of it */
export function embeddedEngine(aws: Provider, calls: () => readonly string[] = () => []): Engine {
  const state = new MemoryStateStore();
  const host: Host = { providers: { aws }, state, stackOutputs: new MemoryStackOutputs() };
  return {
    run: async (program, { preview = false, config = {} } = {}) => {
      const before = calls().length;
      const { succeeded, steps, diagnostics } = await runStack({
        target: { organization, project, stack },
        config: { values: textsOf(config), secretKeys: [] },
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
        calls: calls().slice(before),
        diagnostics: diagnostics.map((each) => describeDiagnostic({ ...each, urn: "" })),
        state: entriesOf(state.load()),
      };
    },
    [Symbol.asyncDispose]: async () => {},
  };
}
