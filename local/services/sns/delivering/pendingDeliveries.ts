import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Confirmation, Notification } from "../delivery.ts";

const schema = `
  CREATE TABLE IF NOT EXISTS pending_deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    subscription TEXT NOT NULL,
    message_group TEXT NOT NULL,
    message TEXT NOT NULL,
    retries INTEGER NOT NULL,
    due INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS pending_deliveries_by_group
    ON pending_deliveries (subscription, message_group)`;

export type PendingDelivery = {
  readonly id: number;
  readonly subscriptionArn: string;
  readonly message: Notification | Confirmation;
  /** How many times it was tried again already. */
  readonly retries: number;
  /** When it is tried next, in cloud time. */
  readonly due: number;
};

type Row = { id: number; subscription: string; message: string; retries: number; due: number };

/** The deliveries that are under way or wait for their next try. Mostly there are none, and that costs nothing. */
export class PendingDeliveries {
  readonly #insert: StatementSync;
  readonly #update: StatementSync;
  readonly #delete: StatementSync;
  readonly #find: StatementSync;
  readonly #blocker: StatementSync;
  readonly #all: StatementSync;
  #count: number;

  constructor(store: DatabaseSync) {
    store.exec(schema);
    const columns = "id, subscription, message, retries, due";
    this.#insert = store.prepare(
      `INSERT INTO pending_deliveries (subscription, message_group, message, retries, due)
       VALUES (?, ?, ?, ?, ?)`,
    );
    this.#update = store.prepare("UPDATE pending_deliveries SET retries = ?, due = ? WHERE id = ?");
    this.#delete = store.prepare("DELETE FROM pending_deliveries WHERE id = ?");
    this.#find = store.prepare(`SELECT ${columns} FROM pending_deliveries WHERE id = ?`);
    this.#blocker = store.prepare(
      `SELECT ${columns} FROM pending_deliveries
       WHERE subscription = ? AND message_group = ? AND id < ? ORDER BY due DESC LIMIT 1`,
    );
    this.#all = store.prepare(`SELECT ${columns} FROM pending_deliveries ORDER BY id`);
    this.#count = this.#all.all().length;
  }

  add(delivery: Omit<PendingDelivery, "id">): PendingDelivery {
    const { subscriptionArn, message, retries, due } = delivery;
    const { lastInsertRowid } = this.#insert.run(
      subscriptionArn,
      groupOf(message),
      JSON.stringify(message),
      retries,
      due,
    );
    this.#count++;
    return { ...delivery, id: Number(lastInsertRowid) };
  }

  retryAt(id: number, retries: number, due: number): void {
    this.#update.run(retries, due, id);
  }

  remove(id: number): void {
    this.#count -= Number(this.#delete.run(id).changes);
  }

  find(id: number): PendingDelivery | undefined {
    const row = this.#find.get(id) as Row | undefined;
    return row && fromRow(row);
  }

  /** By age. */
  list(): PendingDelivery[] {
    return (this.#all.all() as Row[]).map(fromRow);
  }

  /**
   * What a message of a FIFO topic has to wait for: the older message of its group that is tried last.
   * Undefined when none is in the way.
   *
   * @param before the id of the message's own delivery. @default it has none yet
   */
  blocker(
    subscriptionArn: string,
    message: Notification | Confirmation,
    before = Number.MAX_SAFE_INTEGER,
  ): PendingDelivery | undefined {
    const group = groupOf(message);
    if (this.#count === 0 || group === "") return undefined;
    const row = this.#blocker.get(subscriptionArn, group, before) as Row | undefined;
    return row && fromRow(row);
  }
}

/** Messages of standard topics have a group at times, but no order. */
function groupOf(message: Notification | Confirmation): string {
  const ordered = message.type === "Notification" && message.sequenceNumber !== undefined;
  return ordered ? (message.groupId ?? "") : "";
}

function fromRow({ id, subscription, message, retries, due }: Row): PendingDelivery {
  return { id, subscriptionArn: subscription, message: JSON.parse(message), retries, due };
}
