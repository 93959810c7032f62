import { expect } from "chai";
import { serveProvider } from "../../../../local/provider/server/providerServer.ts";
import { FakeProvider } from "../../engine/fakeProvider.ts";
import { embeddedEngine } from "./embeddedEngine.ts";
import type { Engine, EngineRun, Program, RunOptions, StateEntry } from "./engine.ts";
import { realEngine } from "./realEngine.ts";

/** A program, or one with options of its run. */
export type Run = Program | readonly [Program, RunOptions];

export type BothRuns = { readonly real: EngineRun[]; readonly embedded: EngineRun[] };

/** Runs programs one after the other on one state: under the real engine, and under the embedded one. */
export async function runUnderBoth(
  runs: readonly Run[],
  prepare: (provider: FakeProvider) => void = () => {},
): Promise<BothRuns> {
  const [first, second] = [new FakeProvider(), new FakeProvider()];
  prepare(first);
  prepare(second);
  const server = await serveProvider({ provider: first, schema: () => "{}" });
  try {
    await using real = await realEngine({ providerPort: server.port, calls: () => first.log });
    await using embedded = embeddedEngine(second, () => second.log);
    return { real: await runAll(real, runs), embedded: await runAll(embedded, runs) };
  } finally {
    server.close();
  }
}

/** Runs programs one after the other. */
export async function runAll(engine: Engine, runs: readonly Run[]): Promise<EngineRun[]> {
  const results: EngineRun[] = [];
  for (const run of runs) {
    const [program, options] = typeof run === "function" ? [run, {}] : run;
    results.push(await engine.run(program, options));
  }
  return results;
}

/** Runs programs under both engines, and expects the same of both. @returns what the real one did */
export async function expectSameOfBoth(
  runs: readonly Run[],
  prepare?: (provider: FakeProvider) => void,
): Promise<EngineRun[]> {
  const { real, embedded } = await runUnderBoth(runs, prepare);
  // Texts are compared, because their differences are shown line by line.
  expect(describeRuns(embedded)).to.equal(describeRuns(real));
  return real;
}

/** A line for each step, call, diagnostic and resource, so that a difference names what differs. */
export function describeRuns(runs: readonly EngineRun[]): string {
  return runs.flatMap((run, index) => [`run ${index + 1}`, ...linesOf(run)]).join("\n");
}

function linesOf({ succeeded, steps, calls, diagnostics, state }: EngineRun): string[] {
  return [
    succeeded ? "succeeded" : "failed",
    ...steps.map((step) => `step: ${step}`),
    ...calls.map((call) => `call: ${call}`),
    ...diagnostics.map((each) => `diagnostic: ${each}`),
    ...linesOfState(state).map((line) => `state: ${line}`),
  ];
}

/** A line for each resource. */
export function linesOfState(state: readonly StateEntry[]): string[] {
  return state.map((entry) => JSON.stringify(entry, withoutNothing));
}

/** Leaves out what is empty, and sorts names. */
function withoutNothing(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).filter(([, each]) => !isNothing(each));
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isNothing(value: unknown): boolean {
  if (value === "" || value === false) return true;
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
