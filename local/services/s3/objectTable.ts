import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { ObjectDetails, Position, StoredObject } from "./storedObject.ts";

type Row = ReturnType<StatementSync["get"]>;

/** Object metadata, by version. */
export class ObjectTable {
  readonly #insert: StatementSync;
  readonly #update: StatementSync;
  readonly #delete: StatementSync;
  readonly #latest: StatementSync;
  readonly #version: StatementSync;
  readonly #after: StatementSync;

  constructor(store: DatabaseSync) {
    this.#insert = store.prepare(
      `INSERT INTO bucket_objects
        (bucket, key, recency, version_id, delete_marker, size, modified, content, details)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#update = store.prepare(
      "UPDATE bucket_objects SET details = ? WHERE bucket = ? AND key = ? AND recency = ?",
    );
    this.#delete = store.prepare(
      "DELETE FROM bucket_objects WHERE bucket = ? AND key = ? AND recency = ?",
    );
    this.#latest = store.prepare(
      "SELECT * FROM bucket_objects WHERE bucket = ? AND key = ? ORDER BY recency LIMIT 1",
    );
    this.#version = store.prepare(
      "SELECT * FROM bucket_objects WHERE bucket = ? AND key = ? AND version_id = ?",
    );
    this.#after = store.prepare(
      `SELECT * FROM bucket_objects WHERE bucket = ? AND (key, recency) > (?, ?)
        ORDER BY key, recency`,
    );
  }

  insert(object: StoredObject): void {
    this.#insert.run(
      object.bucket,
      object.key,
      -object.sequence,
      object.versionId,
      object.deleteMarker ? 1 : 0,
      object.size,
      object.modified,
      object.content,
      detailsOf(object),
    );
  }

  /** Stores what may change of a version: its details. */
  update(object: StoredObject): void {
    this.#update.run(detailsOf(object), object.bucket, object.key, -object.sequence);
  }

  delete(object: StoredObject): void {
    this.#delete.run(object.bucket, object.key, -object.sequence);
  }

  /** The newest version of a key, which may be a delete marker. */
  latest(bucket: string, key: string): StoredObject | undefined {
    return objectOf(this.#latest.get(bucket, key));
  }

  version(bucket: string, key: string, versionId: string): StoredObject | undefined {
    return objectOf(this.#version.get(bucket, key, versionId));
  }

  /** Every version after `position`: by key, the newest first. @default from the beginning */
  *after(bucket: string, position: Position | undefined): Generator<StoredObject> {
    const { key, sequence } = position ?? { key: "", sequence: 0 };
    for (const row of this.#after.iterate(bucket, key, -sequence)) {
      const object = objectOf(row);
      if (object !== undefined) yield object;
    }
  }
}

function detailsOf({ etag, headers, checksum, tags, acl, lock, parts }: ObjectDetails): string {
  return JSON.stringify({ etag, headers, checksum, tags, acl, lock, parts });
}

function objectOf(row: Row): StoredObject | undefined {
  if (row === undefined) return undefined;
  return {
    bucket: String(row.bucket),
    key: String(row.key),
    versionId: String(row.version_id),
    sequence: -Number(row.recency),
    deleteMarker: row.delete_marker === 1,
    size: Number(row.size),
    modified: Number(row.modified),
    content: Number(row.content),
    ...JSON.parse(String(row.details)),
  };
}
