import type { DatabaseSync } from "node:sqlite";
import type { WebsiteSettings } from "./websiteSettings.ts";

/** The websites of buckets, by bucket. They are kept with the buckets' data. */
export class WebsiteTable {
  readonly #store: DatabaseSync;

  constructor(store: DatabaseSync) {
    this.#store = store;
    store.exec(
      "CREATE TABLE IF NOT EXISTS bucket_websites (bucket TEXT PRIMARY KEY, settings TEXT NOT NULL)",
    );
  }

  /** @param settings undefined to end the website */
  set(bucket: string, settings: WebsiteSettings | undefined): void {
    this.#store.prepare("DELETE FROM bucket_websites WHERE bucket = ?").run(bucket);
    if (settings === undefined) return;
    this.#store
      .prepare("INSERT INTO bucket_websites (bucket, settings) VALUES (?, ?)")
      .run(bucket, JSON.stringify(settings));
  }

  find(bucket: string): WebsiteSettings | undefined {
    const row = this.#store
      .prepare("SELECT settings FROM bucket_websites WHERE bucket = ?")
      .get(bucket);
    return row && JSON.parse(String(row.settings));
  }

  buckets(): string[] {
    const rows = this.#store.prepare("SELECT bucket FROM bucket_websites ORDER BY bucket").all();
    return rows.map(({ bucket }) => String(bucket));
  }
}
