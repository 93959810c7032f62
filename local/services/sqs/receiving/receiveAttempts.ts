import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { MessageTable, StoredMessage } from "../messageTable.ts";
import type { Definition } from "../queue.ts";

const windowMilliseconds = 5 * 60_000;

const schema = `
  CREATE TABLE IF NOT EXISTS receive_attempts (
    queue INTEGER NOT NULL,
    attempt_id TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    receipts TEXT NOT NULL,
    PRIMARY KEY (queue, attempt_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS receive_attempts_by_time ON receive_attempts (received_at)`;

/** A message as an attempt left it. */
type Left = Pick<StoredMessage, "sequence" | "messageId" | "receiveCount" | "visibleAt">;

/**
 * What was received from FIFO queues under which `ReceiveRequestAttemptId`, so that a receive whose
 * response was lost can be repeated.
 *
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/using-receiverequestattemptid-request-parameter.html
 */
export class ReceiveAttempts {
  readonly #messages: MessageTable;
  readonly #find: StatementSync;
  readonly #put: StatementSync;
  readonly #forget: StatementSync;

  constructor(store: DatabaseSync, messages: MessageTable) {
    this.#messages = messages;
    store.exec(schema);
    this.#find = store.prepare(
      "SELECT receipts FROM receive_attempts WHERE queue = ? AND attempt_id = ?",
    );
    this.#put = store.prepare("INSERT OR REPLACE INTO receive_attempts VALUES (?, ?, ?, ?)");
    this.#forget = store.prepare("DELETE FROM receive_attempts WHERE received_at <= ?");
  }

  /**
   * The messages of the last five minutes' receive with this id, or undefined when there was none,
   * or one of them has been deleted, has changed its visibility, or is visible again.
   */
  find(queue: Definition, attemptId: string, now: number): StoredMessage[] | undefined {
    this.#forget.run(now - windowMilliseconds);
    const row = this.#find.get(queue.id, attemptId) as { receipts: string } | undefined;
    if (row === undefined) return undefined;
    const left: Left[] = JSON.parse(row.receipts);
    const found = left.map(({ sequence, messageId }) =>
      this.#messages.find(queue.id, sequence, messageId),
    );
    const untouched = found.filter(
      (message, index) =>
        message !== undefined &&
        message.visibleAt > now &&
        message.visibleAt === left[index]?.visibleAt &&
        message.receiveCount === left[index]?.receiveCount,
    );
    return untouched.length === left.length ? untouched.filter((m) => m !== undefined) : undefined;
  }

  put(queue: Definition, attemptId: string, messages: readonly StoredMessage[], now: number): void {
    const left = messages.map(({ sequence, messageId, receiveCount, visibleAt }): Left => {
      return { sequence, messageId, receiveCount, visibleAt };
    });
    this.#put.run(queue.id, attemptId, now, JSON.stringify(left));
  }
}
