/** What identifies a metric. */
export type MetricId = {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
};

/** The values of one period. */
export type Datapoint = {
  /** Start of the period, in milliseconds since 1970. */
  readonly time: number;
  /** How often each value was measured. */
  readonly values: ReadonlyMap<number, number>;
};

export function metricKey({ namespace, name, dimensions }: MetricId): string {
  const sorted = Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([namespace, name, sorted]);
}
