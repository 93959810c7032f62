import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Clock } from "./time/clock.ts";

/** An e-mail or text message that AWS would have sent. */
export type Outgoing = {
  readonly kind: "email" | "sms";
  /** E-mail addresses, or one phone number in E.164 form. */
  readonly to: readonly string[];
  /** The address or sender id that the receiver would see. */
  readonly from: string;
  readonly subject?: string;
  readonly text: string;
  readonly html?: string;
  /** The event that it belongs to, for the trace. */
  readonly event?: string;
};

export type OutboxEntry = Outgoing & {
  /** Grows with every entry, also across `clear` and a restart on the same data. */
  readonly id: number;
  /** Cloud time in milliseconds since 1970. */
  readonly time: number;
};

/** Where everything meant for people ends up: nothing leaves the machine. */
export class Outbox {
  readonly #clock: Clock;
  readonly #insert: StatementSync;
  readonly #after: StatementSync;
  readonly #count: StatementSync;
  readonly #deleteAll: StatementSync;
  readonly #listeners = new Set<(entry: OutboxEntry) => void>();

  constructor({ store, clock }: { store: DatabaseSync; clock: Clock }) {
    store.exec(
      "CREATE TABLE IF NOT EXISTS outbox (id INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER NOT NULL, outgoing TEXT NOT NULL)",
    );
    this.#clock = clock;
    this.#insert = store.prepare("INSERT INTO outbox (time, outgoing) VALUES (?, ?)");
    this.#after = store.prepare("SELECT id, time, outgoing FROM outbox WHERE id > ? ORDER BY id");
    this.#count = store.prepare("SELECT count(*) AS entries FROM outbox");
    this.#deleteAll = store.prepare("DELETE FROM outbox");
  }

  add(outgoing: Outgoing): OutboxEntry {
    const time = this.#clock.now();
    const { lastInsertRowid } = this.#insert.run(time, JSON.stringify(outgoing));
    const entry = { ...outgoing, id: Number(lastInsertRowid), time };
    for (const listener of this.#listeners) listener(entry);
    return entry;
  }

  /**
   * The entries, oldest first.
   * @param since the id of an entry: only those after it. @default all
   */
  list({ since = 0 }: { since?: number } = {}): OutboxEntry[] {
    return this.#after.all(since).map(({ id, time, outgoing }) => ({
      ...JSON.parse(String(outgoing)),
      id: Number(id),
      time: Number(time),
    }));
  }

  count(): number {
    return Number(this.#count.get()?.entries);
  }

  clear(): void {
    this.#deleteAll.run();
  }

  /** Calls `listener` for every entry from now on, until the function that it returns is called. */
  listen(listener: (entry: OutboxEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
