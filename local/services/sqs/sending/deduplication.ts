import type { DatabaseSync, StatementSync } from "node:sqlite";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-exactly-once-processing.html */
const windowMilliseconds = 5 * 60_000;

/** How long an id may stay in the table after its end, in milliseconds of cloud time. */
const forgetsEvery = 1000;

const schema = `
  CREATE TABLE IF NOT EXISTS deduplications (
    queue INTEGER NOT NULL,
    scope TEXT NOT NULL,
    deduplication_id TEXT NOT NULL,
    message_id TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (queue, scope, deduplication_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS deduplications_by_end ON deduplications (until)`;

/** The message that was kept under a deduplication id. */
export type Original = { readonly messageId: string; readonly sequence: number };

/**
 * The deduplication ids of the last five minutes, whether their messages are still queued or not.
 * The five minutes run from the first message; a duplicate does not prolong them.
 */
export class Deduplication {
  readonly #store: DatabaseSync;
  readonly #find: StatementSync;
  readonly #add: StatementSync;
  readonly #forget: StatementSync;
  #forgetsAt = 0;

  constructor(store: DatabaseSync) {
    this.#store = store;
    store.exec(schema);
    this.#find = store.prepare(`
      SELECT message_id AS messageId, sequence FROM deduplications
      WHERE queue = ? AND scope = ? AND deduplication_id = ? AND until > ?`);
    this.#add = store.prepare("INSERT OR REPLACE INTO deduplications VALUES (?, ?, ?, ?, ?, ?)");
    this.#forget = store.prepare("DELETE FROM deduplications WHERE until <= ?");
  }

  /** @param scope the message group that the id counts in, or the empty text for the whole queue */
  find(queue: number, scope: string, id: string, now: number): Original | undefined {
    this.#forgetEnded(now);
    return this.#find.get(queue, scope, id, now) as Original | undefined;
  }

  add(queue: number, scope: string, id: string, original: Original, now: number): void {
    const { messageId, sequence } = original;
    this.#add.run(queue, scope, id, messageId, sequence, now + windowMilliseconds);
  }

  removeAll(queue: number): void {
    this.#store.prepare("DELETE FROM deduplications WHERE queue = ?").run(queue);
  }

  #forgetEnded(now: number): void {
    if (now < this.#forgetsAt) return;
    this.#forget.run(now);
    this.#forgetsAt = now + forgetsEvery;
  }
}
