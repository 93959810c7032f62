import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { MessageAttributes } from "../../../aws/messageAttributes.ts";
import type { Clock } from "../../time/clock.ts";
import type { Fairness, FairnessCounts } from "./fairness/fairness.ts";
import type { MessageTable, StoredMessage } from "./messageTable.ts";
import type { Definition } from "./queue.ts";
import { systemAttributes } from "./systemAttributes.ts";

export type QueueCounts = {
  /** Messages that are not hidden, though their group may be locked. */
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
  /** Since the oldest message was enqueued; absent when there is none. */
  readonly oldestAgeSeconds?: number;
  /** Of a standard queue with message groups. */
  readonly fairness?: FairnessCounts;
};

/** A message as an onlooker sees it. */
export type PeekedMessage = {
  readonly messageId: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly systemAttributes: Readonly<Record<string, string>>;
  readonly state: "visible" | "inFlight" | "delayed";
  /** From when it can be received, in cloud time. */
  readonly visibleAt: number;
  readonly event: string;
};

/** Looks at queues without touching their messages. */
export class Inspection {
  readonly #clock: Clock;
  readonly #messages: MessageTable;
  readonly #fairness: Fairness;
  readonly #visible: StatementSync;
  readonly #hidden: StatementSync;
  readonly #oldest: StatementSync;

  constructor(store: DatabaseSync, clock: Clock, messages: MessageTable, fairness: Fairness) {
    this.#clock = clock;
    this.#fairness = fairness;
    this.#messages = messages;
    // Both values of `head` are named so that the index on visibility serves.
    const hasHead = "queue = ? AND head IN (0, 1)";
    this.#visible = store.prepare(
      `SELECT count(*) AS visible FROM messages WHERE ${hasHead} AND visible_at <= ?`,
    );
    this.#hidden = store.prepare(`
      SELECT count(*) FILTER (WHERE receive_count > 0) AS inFlight,
        count(*) FILTER (WHERE receive_count = 0) AS delayed
      FROM messages WHERE ${hasHead} AND visible_at > ?`);
    this.#oldest = store.prepare("SELECT min(sent_at) AS sentAt FROM messages WHERE queue = ?");
  }

  counts(queue: Definition): QueueCounts {
    const now = this.#expire(queue);
    const { visible } = this.#visible.get(queue.id, now) as { visible: number };
    const hidden = this.#hidden.get(queue.id, now) as { inFlight: number; delayed: number };
    const { sentAt } = this.#oldest.get(queue.id) as { sentAt: number | null };
    const age = sentAt === null ? {} : { oldestAgeSeconds: Math.floor((now - sentAt) / 1000) };
    const fairness = this.#fairness.counts(queue, now);
    return { visible, ...hidden, ...age, ...(fairness && { fairness }) };
  }

  /** Messages in the order of their entry. */
  peek(queue: Definition, limit: number): PeekedMessage[] {
    const now = this.#expire(queue);
    return this.#messages.first(queue.id, limit).map((message) => ({
      messageId: message.messageId,
      body: message.body,
      attributes: message.attributes === null ? {} : JSON.parse(message.attributes),
      systemAttributes: systemAttributes(queue, message),
      state: stateOf(message, now),
      visibleAt: message.visibleAt,
      event: message.event,
    }));
  }

  #expire(queue: Definition): number {
    const now = this.#clock.now();
    this.#messages.expire(queue.id, queue.fifo, now - queue.settings.retentionSeconds * 1000);
    return now;
  }
}

function stateOf({ visibleAt, receiveCount }: StoredMessage, now: number): PeekedMessage["state"] {
  if (visibleAt <= now) return "visible";
  return receiveCount > 0 ? "inFlight" : "delayed";
}
