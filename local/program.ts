import * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "./cloud.ts";
import { ProgramResources } from "./programResources.ts";
import type { StackConfig } from "./stackConfig.ts";
import { takeUnhandledRejections } from "./unhandledRejections.ts";

/** What came of a program. */
export type ProgramRun = {
  /** The stack's outputs, all known. */
  readonly outputs: Record<string, unknown>;
  /** What the program has no more, and is kept for what it holds; a line each. */
  readonly leftovers: readonly string[];
};

/**
 * Runs the Pulumi program on the local cloud: whatever it registers is made there, and what only runs
 * before it on the same data have made is taken away.
 *
 * @param load imports the program, which registers its resources and gives its outputs
 * @throws the first thing that goes wrong: what the program throws, a resource that the local cloud
 *   refuses or does not know, an Output that fails
 */
export async function runProgram(
  cloud: Cloud,
  config: StackConfig,
  load: () => Promise<object>,
): Promise<ProgramRun> {
  const failure = Promise.withResolvers<never>();
  const stopListening = takeUnhandledRejections(failure.reject);
  const stackTraceLimit = Error.stackTraceLimit;
  // Pulumi takes a stack trace for each resource, which would be most of the time it takes to start.
  Error.stackTraceLimit = 0;
  try {
    const resources = new ProgramResources(cloud);
    await useLocalCloud(resources, config, failure.reject);
    const outputs = await Promise.race([failure.promise, register(load)]);
    return { outputs, leftovers: await resources.removeAbandoned() };
  } catch (error) {
    // Whatever waits for what failed fails as well, a moment later, and says nothing more.
    await new Promise((resolve) => setImmediate(resolve));
    throw withoutPath(error);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    stopListening();
  }
}

async function useLocalCloud(
  resources: ProgramResources,
  { project, stack, values }: StackConfig,
  fail: (error: unknown) => void,
): Promise<void> {
  const mocks: pulumi.runtime.Mocks = {
    async newResource({ type, name, inputs, custom, id: existing }) {
      if (custom === false) return { id: undefined, state: inputs };
      try {
        if (existing) throw new Error(doesNotExist(type, name, existing));
        return await resources.register(type, name, inputs);
      } catch (error) {
        fail(error);
        throw error;
      }
    },
    call({ token }) {
      throw new Error(`the local cloud does not answer ${token}`);
    },
  };
  await pulumi.runtime.setMocks(mocks, project, stack, false, "local");
  pulumi.runtime.setAllConfig({ ...values });
}

function doesNotExist(type: string, name: string, id: string): string {
  return `${type} "${name}": the program takes ${id} as existing already, but the local cloud begins empty: for a local run, make it in the program`;
}

async function register(load: () => Promise<object>): Promise<Record<string, unknown>> {
  const outputs = Promise.withResolvers<Record<string, unknown>>();
  await pulumi.runtime.runInPulumiStack(async () => {
    const program = await load();
    pulumi.output({ ...program }).apply(outputs.resolve);
  });
  await pulumi.runtime.disconnect();
  return outputs.promise;
}

/** Pulumi puts before the message of a failing Output the way that it took through its properties. */
function withoutPath(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const message = error.message.replace(/^(error serializing property "[^"]*": )+/, "");
  return message === error.message ? error : new Error(message, { cause: error });
}
