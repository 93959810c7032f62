import type { DatabaseSync, StatementSync } from "node:sqlite";
import { withinTransaction } from "../../storage/store.ts";

/**
 * `head` marks the messages that may be handed out as far as order is concerned: every message of a
 * standard queue, and the first of each group of a FIFO queue. A message is receivable when it is a
 * head and its `visible_at` has come, so that one index finds the next one whatever the backlog. The index
 * contains the group, by which fair queues pass over the backlog of others.
 */
const schema = `
  CREATE TABLE IF NOT EXISTS messages (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    queue INTEGER NOT NULL,
    message_id TEXT NOT NULL,
    body TEXT NOT NULL,
    attributes TEXT,
    group_id TEXT,
    deduplication_id TEXT,
    trace_header TEXT,
    sender_id TEXT NOT NULL,
    source_arn TEXT,
    event TEXT NOT NULL,
    sent_at INTEGER NOT NULL,
    visible_at INTEGER NOT NULL,
    head INTEGER NOT NULL,
    receive_count INTEGER NOT NULL,
    receives_here INTEGER NOT NULL DEFAULT 0,
    received_at INTEGER,
    first_received_at INTEGER
  ) STRICT;
  CREATE INDEX IF NOT EXISTS messages_by_visibility ON messages
    (queue, head, visible_at, sequence, group_id);
  CREATE INDEX IF NOT EXISTS messages_by_age ON messages (queue, sent_at);
  CREATE INDEX IF NOT EXISTS messages_by_group ON messages (queue, group_id, sequence)
    WHERE group_id IS NOT NULL`;

/** What is read of a message. */
export const messageColumns = `sequence, message_id AS messageId, body, attributes, group_id AS groupId,
  deduplication_id AS deduplicationId, trace_header AS traceHeader, sender_id AS senderId,
  source_arn AS sourceArn, event, sent_at AS sentAt, visible_at AS visibleAt,
  receive_count AS receiveCount, receives_here AS receivesHere, received_at AS receivedAt,
  first_received_at AS firstReceivedAt`;

/** A message on its way into the table. */
export type MessageRow = {
  readonly messageId: string;
  readonly body: string;
  /** JSON, or null for none. */
  readonly attributes: string | null;
  readonly groupId: string | null;
  readonly deduplicationId: string | null;
  readonly traceHeader: string | null;
  readonly senderId: string;
  /** The queue that it is a dead letter of. */
  readonly sourceArn: string | null;
  readonly event: string;
  /** When it was enqueued, in cloud time. */
  readonly sentAt: number;
  /** From when it can be received, in cloud time. */
  readonly visibleAt: number;
  /** Receives so far, in all queues that it has been in. */
  readonly receiveCount: number;
  readonly firstReceivedAt: number | null;
};

export type StoredMessage = MessageRow & {
  /** Grows with every message that enters any queue. */
  readonly sequence: number;
  /** Receives so far from the queue that it is in. */
  readonly receivesHere: number;
  /** When it was last received, in cloud time. */
  readonly receivedAt: number | null;
};

/** What a receiver's call on a message needs of it. */
export type MessageState = Pick<
  StoredMessage,
  "sequence" | "groupId" | "visibleAt" | "receiveCount" | "receivedAt"
>;

/** Where a walk through the receivable messages has got to. */
export type Position = { readonly visibleAt: number; readonly sequence: number };

/** Before the first message. */
export const start: Position = { visibleAt: 0, sequence: 0 };

/** The messages of all queues, and the statements on them. */
export class MessageTable {
  readonly #insert: StatementSync;
  readonly #inGroup: StatementSync;
  readonly #ready: StatementSync;
  readonly #hasReady: StatementSync;
  readonly #nextVisible: StatementSync;
  readonly #nextInGroup: StatementSync;
  readonly #bySequence: StatementSync;
  readonly #state: StatementSync;
  readonly #received: StatementSync;
  readonly #setVisible: StatementSync;
  readonly #remove: StatementSync;
  readonly #promote: StatementSync;
  readonly #expire: StatementSync;
  readonly #promoteAll: StatementSync;
  readonly #store: DatabaseSync;

  constructor(store: DatabaseSync) {
    this.#store = store;
    store.exec(schema);
    this.#insert = store.prepare(`
      INSERT INTO messages (queue, head, message_id, body, attributes, group_id, deduplication_id,
        trace_header, sender_id, source_arn, event, sent_at, visible_at, receive_count,
        first_received_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
    this.#inGroup = store.prepare(
      "SELECT 1 FROM messages WHERE queue = ? AND group_id = ? LIMIT 1",
    );
    this.#ready = store.prepare(`
      SELECT ${messageColumns} FROM messages
      WHERE queue = ? AND head = 1 AND visible_at <= ? AND (visible_at, sequence) > (?, ?)
      ORDER BY visible_at, sequence LIMIT ?`);
    this.#hasReady = store.prepare(
      "SELECT 1 FROM messages WHERE queue = ? AND head = 1 AND visible_at <= ? LIMIT 1",
    );
    this.#nextVisible = store.prepare(`
      SELECT min(visible_at) AS time FROM messages WHERE queue = ? AND head = 1 AND visible_at > ?`);
    this.#nextInGroup = store.prepare(`
      SELECT ${messageColumns} FROM messages WHERE queue = ? AND group_id = ? AND sequence > ?
      ORDER BY sequence LIMIT 1`);
    this.#bySequence = store.prepare(`
      SELECT ${messageColumns} FROM messages WHERE sequence = ? AND queue = ? AND message_id = ?`);
    this.#state = store.prepare(`
      SELECT sequence, group_id AS groupId, visible_at AS visibleAt,
        receive_count AS receiveCount, received_at AS receivedAt
      FROM messages WHERE sequence = ? AND queue = ? AND message_id = ?`);
    this.#received = store.prepare(`
      UPDATE messages SET visible_at = ?, received_at = ?, receive_count = receive_count + 1,
        receives_here = receives_here + 1, first_received_at = coalesce(first_received_at, ?)
      WHERE sequence = ?`);
    this.#setVisible = store.prepare("UPDATE messages SET visible_at = ? WHERE sequence = ?");
    this.#remove = store.prepare("DELETE FROM messages WHERE sequence = ?");
    this.#promote = store.prepare(`
      UPDATE messages SET head = 1 WHERE sequence = (
        SELECT min(sequence) FROM messages WHERE queue = ? AND group_id = ?)`);
    this.#expire = store.prepare("DELETE FROM messages WHERE queue = ? AND sent_at <= ?");
    this.#promoteAll = store.prepare(`
      UPDATE messages SET head = 1 WHERE sequence IN (
        SELECT min(sequence) FROM messages WHERE queue = ? GROUP BY group_id)`);
  }

  /** Gives the message's sequence. */
  insert(queue: number, fifo: boolean, row: MessageRow): number {
    const behindOthers = fifo && this.#inGroup.get(queue, row.groupId) !== undefined;
    const { lastInsertRowid } = this.#insert.run(
      queue,
      behindOthers ? 0 : 1,
      row.messageId,
      row.body,
      row.attributes,
      row.groupId,
      row.deduplicationId,
      row.traceHeader,
      row.senderId,
      row.sourceArn,
      row.event,
      row.sentAt,
      row.visibleAt,
      row.receiveCount,
      row.firstReceivedAt,
    );
    return Number(lastInsertRowid);
  }

  /** Receivable messages after `position`: those longest visible first. */
  ready(queue: number, now: number, after: Position, limit: number): StoredMessage[] {
    const { visibleAt, sequence } = after;
    return this.#ready.all(queue, now, visibleAt, sequence, limit) as StoredMessage[];
  }

  hasReady(queue: number, now: number): boolean {
    return this.#hasReady.get(queue, now) !== undefined;
  }

  /** When the next message becomes receivable after `now`. */
  nextVisible(queue: number, now: number): number | undefined {
    const { time } = this.#nextVisible.get(queue, now) as { time: number | null };
    return time ?? undefined;
  }

  nextInGroup(queue: number, groupId: string, after: number): StoredMessage | undefined {
    return this.#nextInGroup.get(queue, groupId, after) as StoredMessage | undefined;
  }

  find(queue: number, sequence: number, messageId: string): StoredMessage | undefined {
    return this.#bySequence.get(sequence, queue, messageId) as StoredMessage | undefined;
  }

  /** The same without the body. */
  state(queue: number, sequence: number, messageId: string): MessageState | undefined {
    return this.#state.get(sequence, queue, messageId) as MessageState | undefined;
  }

  withId(queue: number, messageId: string): StoredMessage | undefined {
    return this.#store
      .prepare(`SELECT ${messageColumns} FROM messages WHERE queue = ? AND message_id = ?`)
      .get(queue, messageId) as StoredMessage | undefined;
  }

  markReceived({ sequence }: StoredMessage, now: number, visibleAt: number): void {
    this.#received.run(visibleAt, now, now, sequence);
  }

  setVisibleAt({ sequence }: Pick<StoredMessage, "sequence">, time: number): void {
    this.#setVisible.run(time, sequence);
  }

  /** Removes a message, and lets the next of its group take its place. */
  remove(
    queue: number,
    fifo: boolean,
    { sequence, groupId }: Pick<StoredMessage, "sequence" | "groupId">,
  ): void {
    if (!fifo) {
      this.#remove.run(sequence);
      return;
    }
    withinTransaction(this.#store, () => {
      this.#remove.run(sequence);
      this.#promote.run(queue, groupId);
    });
  }

  /** Removes what was enqueued at `time` or before. */
  expire(queue: number, fifo: boolean, time: number): void {
    if (!fifo) {
      this.#expire.run(queue, time);
      return;
    }
    withinTransaction(this.#store, () => {
      const { changes } = this.#expire.run(queue, time);
      if (Number(changes) > 0) this.#promoteAll.run(queue);
    });
  }

  /** The messages of a queue in the order of their entry. */
  first(queue: number, limit: number): StoredMessage[] {
    return this.#store
      .prepare(`SELECT ${messageColumns} FROM messages WHERE queue = ? ORDER BY sequence LIMIT ?`)
      .all(queue, limit) as StoredMessage[];
  }

  removeAll(queue: number): void {
    this.#store.prepare("DELETE FROM messages WHERE queue = ?").run(queue);
  }

  /** Gives every message that was never received another delay. */
  redelay(queue: number, milliseconds: number): void {
    this.#store
      .prepare("UPDATE messages SET visible_at = sent_at + ? WHERE queue = ? AND receive_count = 0")
      .run(milliseconds, queue);
  }
}
