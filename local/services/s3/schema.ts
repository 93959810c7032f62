import type { DatabaseSync, StatementSync } from "node:sqlite";

/**
 * The tables of S3. An object's bytes are stored apart from its metadata, in one piece or, after a
 * multipart upload, in one for each part; listings never touch them. SQLite compares keys by their
 * UTF-8 bytes, which is the order in which S3 lists.
 */
export function createTables(store: DatabaseSync): void {
  store.exec(`
    CREATE TABLE IF NOT EXISTS buckets (
      name TEXT PRIMARY KEY,
      created INTEGER NOT NULL,
      versioning TEXT NOT NULL,
      policy TEXT,
      notification TEXT NOT NULL
    ) WITHOUT ROWID;

    -- recency: the negated sequence, so that the newest version of a key comes first.
    CREATE TABLE IF NOT EXISTS bucket_objects (
      bucket TEXT NOT NULL,
      key TEXT NOT NULL,
      recency INTEGER NOT NULL,
      version_id TEXT NOT NULL,
      delete_marker INTEGER NOT NULL,
      size INTEGER NOT NULL,
      modified INTEGER NOT NULL,
      content INTEGER NOT NULL,
      details TEXT NOT NULL,
      PRIMARY KEY (bucket, key, recency)
    ) WITHOUT ROWID;

    CREATE TABLE IF NOT EXISTS bucket_contents (
      content INTEGER NOT NULL,
      piece INTEGER NOT NULL,
      size INTEGER NOT NULL,
      bytes BLOB NOT NULL,
      PRIMARY KEY (content, piece)
    );

    CREATE TABLE IF NOT EXISTS bucket_uploads (
      id TEXT PRIMARY KEY,
      bucket TEXT NOT NULL,
      key TEXT NOT NULL,
      started INTEGER NOT NULL,
      content INTEGER NOT NULL,
      details TEXT NOT NULL
    ) WITHOUT ROWID;

    CREATE TABLE IF NOT EXISTS bucket_parts (
      upload TEXT NOT NULL,
      number INTEGER NOT NULL,
      size INTEGER NOT NULL,
      modified INTEGER NOT NULL,
      etag TEXT NOT NULL,
      checksum TEXT,
      PRIMARY KEY (upload, number)
    ) WITHOUT ROWID;

    CREATE TABLE IF NOT EXISTS bucket_sequence (value INTEGER NOT NULL);
    INSERT INTO bucket_sequence (value) SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM bucket_sequence);
  `);
}

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
