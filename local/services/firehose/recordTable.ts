import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { NewRecord } from "./interface.ts";

const schema = `
  CREATE TABLE IF NOT EXISTS stream_records (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    stream TEXT NOT NULL,
    time INTEGER NOT NULL,
    event TEXT NOT NULL,
    data BLOB NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS stream_records_by_stream ON stream_records (stream, id)`;

/** How many bytes there are, and since when, in cloud time. */
export type Gathered = { readonly bytes: number; readonly oldest: number };

/** Records that streams have accepted and not yet written. */
export class RecordTable {
  readonly #insert: StatementSync;
  readonly #all: StatementSync;
  readonly #deleteAll: StatementSync;
  readonly #gathered: StatementSync;

  constructor(store: DatabaseSync) {
    store.exec(schema);
    this.#insert = store.prepare(
      "INSERT INTO stream_records (stream, time, event, data) VALUES (?, ?, ?, ?)",
    );
    this.#all = store.prepare(
      "SELECT event, data FROM stream_records WHERE stream = ? ORDER BY id",
    );
    this.#deleteAll = store.prepare("DELETE FROM stream_records WHERE stream = ?");
    this.#gathered = store.prepare(
      `SELECT coalesce(sum(length(data)), 0) AS bytes, min(time) AS oldest
       FROM stream_records WHERE stream = ?`,
    );
  }

  add(streamArn: string, time: number, { event, data }: NewRecord): void {
    this.#insert.run(streamArn, time, event, data);
  }

  /** In the order in which they came. */
  list(streamArn: string): NewRecord[] {
    return this.#all.all(streamArn).map(({ event, data }) => ({
      event: String(event),
      data: data instanceof Uint8Array ? Buffer.from(data) : Buffer.alloc(0),
    }));
  }

  /** Undefined when there is nothing. */
  gathered(streamArn: string): Gathered | undefined {
    const row = this.#gathered.get(streamArn);
    if (row === undefined || row.oldest === null) return undefined;
    return { bytes: Number(row.bytes), oldest: Number(row.oldest) };
  }

  removeAll(streamArn: string): void {
    this.#deleteAll.run(streamArn);
  }
}
