import * as v from "valibot";
import type { MetricId } from "../metric.ts";

/** A number, which the query protocol sends as text. */
export const number = v.pipe(
  v.union([v.number(), v.string()]),
  v.transform(Number),
  v.finite("must be a number"),
);

/** A truth value, which the query protocol sends as text. */
export const flag = v.pipe(
  v.union([v.boolean(), v.picklist(["true", "false"])]),
  v.transform((value) => value === true || value === "true"),
);

/** A timestamp of any of the protocols, in milliseconds since 1970: seconds, a text, or CBOR's tag 1. */
export const timestamp = v.pipe(
  v.unknown(),
  v.transform(millisecondsOf),
  v.finite("must be a timestamp"),
);

function millisecondsOf(value: unknown): number {
  if (typeof value === "number") return value * 1000;
  if (typeof value === "string") return Date.parse(value);
  if (typeof value === "object" && value !== null && "value" in value) {
    return Number(value.value) * 1000;
  }
  return Number.NaN;
}

export const dimensions = v.pipe(
  v.array(v.strictObject({ Name: v.string(), Value: v.string() })),
  v.transform((list) => Object.fromEntries(list.map(({ Name, Value }) => [Name, Value]))),
);

export function dimensionList(named: Readonly<Record<string, string>>): object[] {
  return Object.entries(named).map(([Name, Value]) => ({ Name, Value }));
}

export function metricId(given: {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: Readonly<Record<string, string>>;
}): MetricId {
  return { namespace: given.Namespace, name: given.MetricName, dimensions: given.Dimensions };
}
