import type { Clock } from "../../time/clock.ts";
import { type Datapoint, type MetricId, metricKey } from "./metric.ts";

/** CloudWatch's resolution, in milliseconds. */
const minute = 60_000;
/** CloudWatch keeps a minute's datapoint for 15 days. */
const mostMinutes = 15 * 24 * 60;

type Series = MetricId & {
  readonly unit: string;
  /** The values of each minute that has any, the oldest first. */
  readonly minutes: Map<number, Map<number, number>>;
};

type Measurement = {
  /** In milliseconds since 1970. @default now */
  readonly time?: number | undefined;
  /** How often the value was measured. @default 1 */
  readonly count?: number | undefined;
  /** Of CloudWatch: `Count`, `Seconds`. The first one counts. @default "None" */
  readonly unit?: string | undefined;
};

/**
 * The metrics of CloudWatch: values by minute, in memory.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html
 */
export class Metrics {
  readonly #clock: Clock;
  readonly #series = new Map<string, Series>();
  /** The latest time of a value, in milliseconds since 1970. */
  readonly #latest = new Map<string, number>();

  constructor({ clock }: { readonly clock: Clock }) {
    this.#clock = clock;
  }

  add(id: MetricId, value: number, measurement: Measurement = {}): void {
    const { time = this.#clock.now(), count = 1, unit = "None" } = measurement;
    const key = metricKey(id);
    const series = this.#series.get(key) ?? { ...id, unit, minutes: new Map() };
    this.#series.set(key, series);
    this.#latest.set(key, time);
    const start = Math.floor(time / minute) * minute;
    const values = series.minutes.get(start) ?? new Map<number, number>();
    values.set(value, (values.get(value) ?? 0) + count);
    series.minutes.set(start, values);
    if (series.minutes.size > mostMinutes) removeFirst(series.minutes);
  }

  list(): readonly MetricId[] {
    return [...this.#series.values()].map(({ namespace, name, dimensions }) => ({
      ...{ namespace, name, dimensions },
    }));
  }

  /** The unit of a metric; undefined if it has no value. */
  unit(id: MetricId): string | undefined {
    return this.#series.get(metricKey(id))?.unit;
  }

  /** When the metric got its latest value; undefined if it has none. */
  latest(id: MetricId): number | undefined {
    return this.#latest.get(metricKey(id));
  }

  /**
   * The periods from `start` to before `end` that have values, the oldest first.
   *
   * @param period in milliseconds
   */
  datapoints(id: MetricId, start: number, end: number, period: number): Datapoint[] {
    const { minutes } = this.#series.get(metricKey(id)) ?? { minutes: new Map() };
    const found = new Map<number, Map<number, number>>();
    for (const [time, values] of minutes) {
      const begin = Math.floor(time / period) * period;
      if (begin < Math.floor(start / period) * period || begin >= end) continue;
      const merged = found.get(begin) ?? new Map<number, number>();
      for (const [value, count] of values) merged.set(value, (merged.get(value) ?? 0) + count);
      found.set(begin, merged);
    }
    return [...found]
      .map(([time, values]) => ({ time, values }))
      .sort((a, b) => a.time - b.time);
  }
}

function removeFirst(map: Map<number, unknown>): void {
  for (const key of map.keys()) {
    map.delete(key);
    return;
  }
}
