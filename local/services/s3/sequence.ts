import type { DatabaseSync, StatementSync } from "node:sqlite";

/** A number that grows with every change in any bucket, also across restarts on the same data. */
export class Sequence {
  readonly #next: StatementSync;

  constructor(store: DatabaseSync) {
    this.#next = store.prepare("UPDATE bucket_sequence SET value = value + 1 RETURNING value");
  }

  next(): number {
    return Number(this.#next.get()?.value);
  }
}
