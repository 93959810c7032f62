import type { Datapoint, MetricId } from "./metric.ts";

/** CloudWatch's resolution, in milliseconds. */
const minute = 60_000;
/** CloudWatch keeps a minute's datapoint for 15 days. */
const mostMinutes = 15 * 24 * 60;

/** The values of one metric, by minute. */
export class Series {
  readonly id: MetricId;
  /** Of CloudWatch: `Count`, `Seconds`, `None`. */
  readonly unit: string;
  /** When the latest value was measured, in milliseconds since 1970; undefined if there is none. */
  latest: number | undefined;
  /** The values of each minute that has any, and how often each was measured. */
  readonly #minutes = new Map<number, Map<number, number>>();

  constructor(id: MetricId, unit: string) {
    this.id = id;
    this.unit = unit;
  }

  /**
   * @param time in milliseconds since 1970
   * @param count how often the value was measured @default 1
   */
  add(value: number, time: number, count = 1): void {
    const values = this.#valuesOf(Math.floor(time / minute) * minute);
    values.set(value, (values.get(value) ?? 0) + count);
    this.latest = Math.max(this.latest ?? time, time);
  }

  /**
   * The periods from `start` to before `end` that have values, the oldest first.
   *
   * @param period in milliseconds
   */
  datapoints(start: number, end: number, period: number): Datapoint[] {
    const first = Math.floor(start / period) * period;
    const found = new Map<number, Map<number, number>>();
    for (const [time, values] of this.#minutes) {
      const begin = Math.floor(time / period) * period;
      if (begin < first || begin >= end) continue;
      const merged = found.get(begin) ?? new Map<number, number>();
      for (const [value, count] of values) merged.set(value, (merged.get(value) ?? 0) + count);
      found.set(begin, merged);
    }
    return [...found].map(([time, values]) => ({ time, values })).sort((a, b) => a.time - b.time);
  }

  #valuesOf(start: number): Map<number, number> {
    const known = this.#minutes.get(start);
    if (known !== undefined) return known;
    const values = new Map<number, number>();
    this.#minutes.set(start, values);
    const [oldest] = this.#minutes.keys();
    if (this.#minutes.size > mostMinutes && oldest !== undefined) this.#minutes.delete(oldest);
    return values;
  }
}
