import type { Cloud } from "../cloud.ts";
import type { EventSummary } from "../console/events/eventSummary.ts";
import { isNoise, summaryWith } from "../console/events/eventSummary.ts";
import type { FailureLog } from "../console/failures/failureLog.ts";

/** How many events are told apart; of older ones only the number is kept. */
const mostKnown = 1000;

/** Counts what happens, for the status line of a run. */
export class RunSummary {
  readonly #cloud: Cloud;
  readonly #failures: FailureLog;
  readonly #known = new Map<string, EventSummary>();
  #events = 0;

  constructor(cloud: Cloud, failures: FailureLog) {
    this.#cloud = cloud;
    this.#failures = failures;
    cloud.trace.listen((hop) => {
      const before = this.#known.get(hop.event);
      const after = summaryWith(before, hop);
      if (!isNoise(after) && (before === undefined || isNoise(before))) this.#events++;
      this.#known.set(hop.event, after);
      const [oldest] = this.#known.keys();
      if (this.#known.size > mostKnown && oldest !== undefined) this.#known.delete(oldest);
    });
  }

  /** `12 events · 2 failing · 3 messages in queues · 1 dead letter · 4 mails`, without what is none. */
  line(): string {
    const { waiting, letters } = this.#messages();
    const mails = this.#cloud.outbox.list().length;
    return [
      count(this.#events, "event"),
      this.#failures.open > 0 && `${this.#failures.open} failing`,
      waiting > 0 && `${count(waiting, "message")} in queues`,
      letters > 0 && count(letters, "dead letter"),
      mails > 0 && count(mails, "mail"),
    ]
      .filter((part) => part !== false)
      .join(" · ");
  }

  #messages(): { readonly waiting: number; readonly letters: number } {
    const { queues } = this.#cloud;
    let waiting = 0;
    let letters = 0;
    for (const { arn } of queues.list()) {
      const { visible, inFlight, delayed } = queues.counts(arn);
      if (queues.deadLetterSources(arn).length > 0) letters += visible + inFlight + delayed;
      else waiting += visible + inFlight + delayed;
    }
    return { waiting, letters };
  }
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
