import { type Quota, quotasOf } from "./quotas.ts";
import type { Scenario } from "./scenario.ts";
import type { Moment } from "./simulate.ts";

/** The outcome of a simulation as text. */
export function simulationText(
  scenario: Scenario,
  moments: readonly Moment[],
  dollars: number | undefined,
): string {
  const quotas = quotasOf(scenario);
  const rows = shown(moments).map(({ second, concurrency, backlog, handled, latency }) => [
    number(second),
    number(concurrency),
    number(handled),
    number(backlog),
    latency.toFixed(latency < 10 ? 2 : 0),
  ]);
  return [
    verdict(scenario, quotas),
    "",
    ...aligned([["second", "batches", "handled/s", "waiting", "latency, s"], ...rows]),
    "",
    "quotas, in messages a second to the topic:",
    ...quotas.map(({ name, perSecond }) => `  ${number(perSecond).padStart(12)}  ${name}`),
    ...(dollars === undefined
      ? []
      : [
          "",
          `${number(scenario.perSecond)} messages a second, in full batches, cost about $${number(dollars)} a month`,
        ]),
  ].join("\n");
}

function verdict({ perSecond }: Scenario, quotas: readonly Quota[]): string {
  const exceeded = quotas.filter((quota) => quota.perSecond < perSecond);
  const [first] = exceeded;
  if (first === undefined) {
    const [next] = quotas;
    const limit =
      next === undefined ? "" : `; the next limit is ${number(next.perSecond)}, ${next.name}`;
    return `${number(perSecond)} messages a second are within every quota${limit}`;
  }
  return [
    `${number(perSecond)} messages a second end at ${number(first.perSecond)}: ${first.name}.`,
    ...exceeded.map(({ name, remedy }) => `  ${name}: ${remedy}`),
  ].join("\n");
}

/** The first seconds, then about twice as late each time up to a day, and the last. */
function shown(moments: readonly Moment[]): Moment[] {
  const wanted = [1, 5, 15, 30, 60, 120, 240, 480, 900, 1800, 3600, 7200, 14_400, 28_800, 57_600];
  return moments.filter(({ second }) => wanted.includes(second) || second === moments.length);
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]?.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row.map((cell, column) => cell.padStart(widths?.[column] ?? 0)).join("  "),
  );
}

function number(value: number): string {
  return Math.round(value).toLocaleString("en");
}
