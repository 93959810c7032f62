import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Tag } from "./tag.ts";

/** The tags that the API gave to buckets. Those of a program's resources are Pulumi's. */
export class BucketTags {
  readonly #get: StatementSync;
  readonly #set: StatementSync;
  readonly #delete: StatementSync;

  constructor(store: DatabaseSync) {
    store.exec(
      "CREATE TABLE IF NOT EXISTS bucket_tags (bucket TEXT PRIMARY KEY, tags TEXT NOT NULL) WITHOUT ROWID",
    );
    this.#get = store.prepare("SELECT tags FROM bucket_tags WHERE bucket = ?");
    this.#set = store.prepare("INSERT OR REPLACE INTO bucket_tags (bucket, tags) VALUES (?, ?)");
    this.#delete = store.prepare("DELETE FROM bucket_tags WHERE bucket = ?");
  }

  /** @default none */
  get(bucket: string): readonly Tag[] {
    const row = this.#get.get(bucket);
    return row === undefined ? [] : JSON.parse(String(row.tags));
  }

  /** Replaces all tags. */
  set(bucket: string, tags: readonly Tag[]): void {
    if (tags.length === 0) this.#delete.run(bucket);
    else this.#set.run(bucket, JSON.stringify(tags));
  }
}
