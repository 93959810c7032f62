import type { DatabaseSync } from "node:sqlite";

/** An event that a function has accepted and not yet dealt with. */
export type PendingEvent = {
  readonly requestId: string;
  readonly functionArn: string;
  /** JSON text. */
  readonly payload: string;
  /** What entered the cloud, and who sent it to the function: for the trace. */
  readonly event: string;
  readonly from: string;
  /** Cloud times, in milliseconds. */
  readonly acceptedAt: number;
  readonly due: number;
  readonly invocations: number;
  readonly throttles: number;
};

/** The events of all functions' asynchronous queues, kept where a killed run finds them again. */
export class PendingEvents {
  readonly #insert;
  readonly #update;
  readonly #delete;
  readonly #select;

  constructor(store: DatabaseSync) {
    store.exec(`
      CREATE TABLE IF NOT EXISTS asynchronous_events (
        requestId TEXT PRIMARY KEY,
        functionArn TEXT NOT NULL,
        payload TEXT NOT NULL,
        event TEXT NOT NULL,
        sender TEXT NOT NULL,
        acceptedAt INTEGER NOT NULL,
        due INTEGER NOT NULL,
        invocations INTEGER NOT NULL,
        throttles INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID`);
    this.#insert = store.prepare(
      "INSERT INTO asynchronous_events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    );
    this.#update = store.prepare(
      "UPDATE asynchronous_events SET due = ?, invocations = ?, throttles = ? WHERE requestId = ?",
    );
    this.#delete = store.prepare("DELETE FROM asynchronous_events WHERE requestId = ?");
    this.#select = store.prepare(
      "SELECT * FROM asynchronous_events WHERE functionArn = ? ORDER BY due",
    );
  }

  add(event: PendingEvent): void {
    const { requestId, functionArn, payload, event: root, from } = event;
    const { acceptedAt, due, invocations, throttles } = event;
    this.#insert.run(
      requestId,
      functionArn,
      payload,
      root,
      from,
      acceptedAt,
      due,
      invocations,
      throttles,
    );
  }

  update({ requestId, due, invocations, throttles }: PendingEvent): void {
    this.#update.run(due, invocations, throttles, requestId);
  }

  remove(requestId: string): void {
    this.#delete.run(requestId);
  }

  of(functionArn: string): PendingEvent[] {
    return this.#select.all(functionArn).map((row) => ({
      requestId: String(row.requestId),
      functionArn: String(row.functionArn),
      payload: String(row.payload),
      event: String(row.event),
      from: String(row.sender),
      acceptedAt: Number(row.acceptedAt),
      due: Number(row.due),
      invocations: Number(row.invocations),
      throttles: Number(row.throttles),
    }));
  }
}
