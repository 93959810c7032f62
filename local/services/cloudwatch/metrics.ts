import type { Clock } from "../../time/clock.ts";
import { type Datapoint, type MetricId, metricKey } from "./metric.ts";
import { Series } from "./series.ts";

type Measurement = {
  /** In milliseconds since 1970. @default now */
  readonly time?: number | undefined;
  /** How often the value was measured. @default 1 */
  readonly count?: number | undefined;
  /** Of CloudWatch: `Count`, `Seconds`. The first one counts. @default "None" */
  readonly unit?: string | undefined;
};

/**
 * The metrics of CloudWatch, in memory.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html
 */
export class Metrics {
  readonly #clock: Clock;
  readonly #series = new Map<string, Series>();

  constructor({ clock }: { readonly clock: Clock }) {
    this.#clock = clock;
  }

  add(id: MetricId, value: number, measurement: Measurement = {}): void {
    const { time = this.#clock.now(), count, unit } = measurement;
    this.series(id, unit).add(value, time, count);
  }

  /** The values of a metric, to add many to it. @param unit of a new metric @default "None" */
  series(id: MetricId, unit = "None"): Series {
    const key = metricKey(id);
    const series = this.#series.get(key) ?? new Series(id, unit);
    this.#series.set(key, series);
    return series;
  }

  /** The metrics that have values. */
  list(): readonly Series[] {
    return [...this.#series.values()].filter(({ latest }) => latest !== undefined);
  }

  /** Undefined for a metric without values. */
  find(id: MetricId): Series | undefined {
    const found = this.#series.get(metricKey(id));
    return found?.latest === undefined ? undefined : found;
  }

  /**
   * The periods from `start` to before `end` that have values, the oldest first.
   *
   * @param period in milliseconds
   */
  datapoints(id: MetricId, start: number, end: number, period: number): Datapoint[] {
    return this.find(id)?.datapoints(start, end, period) ?? [];
  }
}
