import type { Datapoint } from "./metric.ts";

const simple: Readonly<Record<string, (values: Values) => number>> = {
  Average: (values) => sum(values) / samples(values),
  Maximum: (values) => extreme(values, Math.max),
  Minimum: (values) => extreme(values, Math.min),
  SampleCount: samples,
  Sum: sum,
};

type Values = Datapoint["values"];

/** `p90`, `p99.9`: percentiles to two decimals. */
const percentile = /^p(\d{1,2}(?:\.\d{1,2})?|100)$/;

/**
 * Whether the local cloud computes a statistic: those of every metric, and percentiles.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
 */
export function isStatistic(name: string): boolean {
  return Object.hasOwn(simple, name) || percentile.test(name);
}

/** A statistic of a period's values. */
export function statistic(name: string, { values }: Pick<Datapoint, "values">): number {
  const [, percent] = percentile.exec(name) ?? [];
  if (percent === undefined) return simple[name]?.(values) ?? Number.NaN;
  const wanted = (Number(percent) / 100) * samples(values);
  let seen = 0;
  const sorted = [...values].sort(([a], [b]) => a - b);
  const found = sorted.find(([, count]) => {
    seen += count;
    return seen >= wanted;
  });
  return (found ?? sorted.at(-1))?.[0] ?? Number.NaN;
}

/** One by one: as arguments of one call, the different values of a day would be too many. */
function extreme(values: Values, choose: (one: number, other: number) => number): number {
  return [...values.keys()].reduce((one, other) => choose(one, other));
}

function samples(values: Values): number {
  return [...values.values()].reduce((total, count) => total + count, 0);
}

function sum(values: Values): number {
  return [...values].reduce((total, [value, count]) => total + value * count, 0);
}
