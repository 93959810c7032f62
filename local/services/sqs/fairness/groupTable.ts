import type { DatabaseSync, StatementSync } from "node:sqlite";
import { messageColumns, type Position, type StoredMessage } from "../messageTable.ts";

/** Messages of a standard queue by their group; those without a group have the empty one. */
export type InFlight = { readonly group: string; readonly count: number; readonly time: number };

export type QuietCounts = {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
  /** When the oldest message was enqueued; null if there is none. */
  readonly oldest: number | null;
};

/** The statements on the message groups of standard queues. */
export class GroupTable {
  readonly #hasGroups: StatementSync;
  readonly #inFlight: StatementSync;
  readonly #lastSent: StatementSync;
  readonly #readyInGroup: StatementSync;
  readonly #readyOutside: StatementSync;
  readonly #quiet: StatementSync;

  constructor(store: DatabaseSync) {
    const ready = `SELECT ${messageColumns} FROM messages
      WHERE queue = ? AND head = 1 AND visible_at <= ? AND (visible_at, sequence) > (?, ?)`;
    // `+` keeps SQLite from the index of groups, which does not have the order.
    const outside = "+group_id IS NULL OR +group_id NOT IN (SELECT value FROM json_each(?))";
    this.#hasGroups = store.prepare(
      "SELECT 1 FROM messages WHERE queue = ? AND group_id IS NOT NULL LIMIT 1",
    );
    this.#inFlight = store.prepare(`
      SELECT coalesce(group_id, '') AS "group", count(*) AS count, sum(? - received_at) AS time
      FROM messages WHERE queue = ? AND head = 1 AND visible_at > ? AND receive_count > 0
      GROUP BY group_id`);
    this.#lastSent = store.prepare(`
      SELECT sent_at AS sentAt FROM messages WHERE queue = ? AND group_id = ?
      ORDER BY sequence DESC LIMIT 1`);
    this.#readyInGroup = store.prepare(
      `${ready} AND +group_id = ? ORDER BY visible_at, sequence LIMIT 1`,
    );
    this.#readyOutside = store.prepare(
      `${ready} AND (${outside}) ORDER BY visible_at, sequence LIMIT ?`,
    );
    this.#quiet = store.prepare(`
      SELECT count(*) FILTER (WHERE visible_at <= ?1) AS visible,
        count(*) FILTER (WHERE visible_at > ?1 AND receive_count > 0) AS inFlight,
        count(*) FILTER (WHERE visible_at > ?1 AND receive_count = 0) AS delayed,
        min(sent_at) AS oldest
      FROM messages WHERE queue = ?2
        AND (group_id IS NULL OR group_id NOT IN (SELECT value FROM json_each(?3)))`);
  }

  hasGroups(queue: number): boolean {
    return this.#hasGroups.get(queue) !== undefined;
  }

  /** The messages in flight, and how long they have been so in all. */
  inFlight(queue: number, now: number): InFlight[] {
    return this.#inFlight.all(now, queue, now) as InFlight[];
  }

  /** When the group's last message that is still in the queue was sent. */
  lastSent(queue: number, group: string): number | undefined {
    const row = this.#lastSent.get(queue, group) as { sentAt: number } | undefined;
    return row?.sentAt;
  }

  /** The group's receivable message after `position` that has been visible longest. */
  readyIn(
    group: string,
    queue: number,
    now: number,
    { visibleAt, sequence }: Position,
  ): StoredMessage | undefined {
    const row = this.#readyInGroup.get(queue, now, visibleAt, sequence, group);
    return row as StoredMessage | undefined;
  }

  /** Receivable messages of other groups, and of none, after `position`. */
  readyOutside(
    groups: readonly string[],
    queue: number,
    now: number,
    { visibleAt, sequence }: Position,
    limit: number,
  ): StoredMessage[] {
    const names = JSON.stringify(groups);
    const rows = this.#readyOutside.all(queue, now, visibleAt, sequence, names, limit);
    return rows as StoredMessage[];
  }

  /** The messages outside of these groups. */
  quiet(noisy: readonly string[], queue: number, now: number): QuietCounts {
    return this.#quiet.get(now, queue, JSON.stringify(noisy)) as QuietCounts;
  }
}
