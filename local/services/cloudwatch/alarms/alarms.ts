import type { Clock } from "../../../time/clock.ts";
import type { Metrics } from "../metrics.ts";
import type { AlarmDefinition, AlarmState } from "./alarm.ts";
import { evaluate } from "./evaluate.ts";

/**
 * The alarms of CloudWatch. Each is evaluated when its state is asked for; its actions run on AWS only.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 */
export class Alarms {
  readonly #clock: Clock;
  readonly #metrics: Metrics;
  readonly #alarms = new Map<string, AlarmDefinition>();

  constructor({ clock, metrics }: { readonly clock: Clock; readonly metrics: Metrics }) {
    this.#clock = clock;
    this.#metrics = metrics;
  }

  /** Creates an alarm or replaces the one of that name. */
  put(alarm: AlarmDefinition): void {
    this.#alarms.set(alarm.name, alarm);
  }

  delete(name: string): void {
    this.#alarms.delete(name);
  }

  /** By name. */
  list(): readonly AlarmDefinition[] {
    return [...this.#alarms.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  state(alarm: AlarmDefinition): AlarmState {
    return evaluate(alarm, this.#metrics, this.#clock.now());
  }
}
