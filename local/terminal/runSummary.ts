import type { Cloud } from "../cloud.ts";
import type { RunRecords } from "../console/records.ts";

/** What has happened, and what waits, for the status line of a run. */
export class RunSummary {
  readonly #cloud: Cloud;
  readonly #records: Pick<RunRecords, "events" | "failures">;

  constructor(cloud: Cloud, records: Pick<RunRecords, "events" | "failures">) {
    this.#cloud = cloud;
    this.#records = records;
  }

  /** `12 events · 2 failing · 3 messages in queues · 1 dead letter · 4 mails`, without what is none. */
  line(): string {
    const { waiting, letters } = this.#messages();
    const mails = this.#cloud.outbox.count();
    const { events, failures } = this.#records;
    return [
      count(events.count, "event"),
      failures.open > 0 && `${failures.open} failing`,
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
