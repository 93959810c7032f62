import type { DatabaseSync, StatementSync } from "node:sqlite";

/** https://docs.aws.amazon.com/sns/latest/dg/fifo-message-dedup.html */
const windowMilliseconds = 5 * 60_000;

/** How long an id may stay in the table after its end, in milliseconds of cloud time. */
const forgetsEvery = 1000;

const schema = `
  CREATE TABLE IF NOT EXISTS topic_deduplications (
    topic TEXT NOT NULL,
    scope TEXT NOT NULL,
    deduplication_id TEXT NOT NULL,
    message_id TEXT NOT NULL,
    sequence_number TEXT NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (topic, scope, deduplication_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS topic_deduplications_by_end ON topic_deduplications (until)`;

/** What a deduplication id counts in: one topic, or one message group of it. */
export type Scope = { readonly topicArn: string; readonly groupId?: string };

/** What the publisher of the first message with a deduplication id was told. */
export type Original = { readonly messageId: string; readonly sequenceNumber: string };

/** The deduplication ids of the last five minutes, counted from the first message; a duplicate does not prolong them. */
export class Deduplication {
  readonly #store: DatabaseSync;
  readonly #find: StatementSync;
  readonly #add: StatementSync;
  readonly #forget: StatementSync;
  #forgetsAt = 0;

  constructor(store: DatabaseSync) {
    this.#store = store;
    store.exec(schema);
    this.#find = store.prepare(
      `SELECT message_id AS messageId, sequence_number AS sequenceNumber
       FROM topic_deduplications WHERE topic = ? AND scope = ? AND deduplication_id = ? AND until > ?`,
    );
    this.#add = store.prepare(
      "INSERT OR REPLACE INTO topic_deduplications VALUES (?, ?, ?, ?, ?, ?)",
    );
    this.#forget = store.prepare("DELETE FROM topic_deduplications WHERE until <= ?");
  }

  find({ topicArn, groupId = "" }: Scope, id: string, now: number): Original | undefined {
    this.#forgetEnded(now);
    return this.#find.get(topicArn, groupId, id, now) as Original | undefined;
  }

  add({ topicArn, groupId = "" }: Scope, id: string, original: Original, now: number): void {
    const { messageId, sequenceNumber } = original;
    this.#add.run(topicArn, groupId, id, messageId, sequenceNumber, now + windowMilliseconds);
  }

  removeAll(topicArn: string): void {
    this.#store.prepare("DELETE FROM topic_deduplications WHERE topic = ?").run(topicArn);
  }

  #forgetEnded(now: number): void {
    if (now < this.#forgetsAt) return;
    this.#forget.run(now);
    this.#forgetsAt = now + forgetsEvery;
  }
}
