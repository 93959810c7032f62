import type { DatabaseSync } from "node:sqlite";
import type { Created } from "./resourceType.ts";

/** A resource that a run of the program made. */
export type MadeResource = {
  /** Pulumi's token. */
  readonly type: string;
  /** Its ARN where it has one, or else its id in AWS. */
  readonly key: string;
};

const schema = `
  CREATE TABLE IF NOT EXISTS made_resources (
    type TEXT NOT NULL,
    key TEXT NOT NULL,
    run INTEGER NOT NULL,
    PRIMARY KEY (type, key)
  ) STRICT`;

/**
 * What the program has made on this data, in this run and in those before: what Pulumi's state would
 * say. It tells what the program has no more from what somebody made by hand.
 */
export class MadeResources {
  readonly #store: DatabaseSync;
  readonly #run: number;

  constructor(store: DatabaseSync) {
    this.#store = store;
    store.exec(schema);
    const last = store.prepare("SELECT max(run) AS run FROM made_resources").get();
    this.#run = Number(last?.run ?? 0) + 1;
  }

  /** Notes that this run made the resource, or found it made. */
  add(type: string, { id, outputs }: Created): void {
    const key = typeof outputs?.arn === "string" ? outputs.arn : id;
    this.#store
      .prepare(
        `INSERT INTO made_resources (type, key, run) VALUES (?, ?, ?)
         ON CONFLICT (type, key) DO UPDATE SET run = excluded.run`,
      )
      .run(type, key, this.#run);
  }

  /** What runs before have made, and this one has not. */
  abandoned(): MadeResource[] {
    const rows = this.#store
      .prepare("SELECT type, key FROM made_resources WHERE run < ? ORDER BY rowid")
      .all(this.#run);
    return rows.map(({ type, key }) => ({ type: String(type), key: String(key) }));
  }

  forget({ type, key }: MadeResource): void {
    this.#store.prepare("DELETE FROM made_resources WHERE type = ? AND key = ?").run(type, key);
  }
}
