import type { Database } from "dynalite/db/index.js";
import * as v from "valibot";
import type { StreamViewType } from "../interface.ts";

/** A table's stream. */
export type TableStream = {
  readonly tableName: string;
  readonly view: StreamViewType;
  /** The time at which it was made, which tells apart the streams that a table had. */
  readonly label: string;
};

const views = ["KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"] as const;
const schema = v.object({ tableName: v.string(), view: v.picklist(views), label: v.string() });

export function isView(value: unknown): value is StreamViewType {
  return views.some((view) => view === value);
}

/** Which tables have a stream, kept beside their items. */
export class StreamSettings {
  readonly #database: Database;
  readonly #streams = new Map<string, TableStream>();
  #opened: Promise<void> | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Reads what is kept, once. */
  open(): Promise<void> {
    this.#opened ??= this.#read();
    return this.#opened;
  }

  get isEmpty(): boolean {
    return this.#streams.size === 0;
  }

  of(tableName: string): TableStream | undefined {
    return this.#streams.get(tableName);
  }

  list(): readonly TableStream[] {
    return [...this.#streams.values()];
  }

  async save(stream: TableStream): Promise<void> {
    this.#streams.set(stream.tableName, stream);
    await this.#database.batch([{ type: "put", key: keyFor(stream.tableName), value: stream }]);
  }

  async remove(tableName: string): Promise<void> {
    this.#streams.delete(tableName);
    await this.#database.batch([{ type: "del", key: keyFor(tableName) }]);
  }

  async #read(): Promise<void> {
    for await (const [, value] of this.#database.iterator({ gte: "stream~", lt: "stream\x7f" })) {
      const stream = v.parse(schema, value);
      this.#streams.set(stream.tableName, stream);
    }
  }
}

function keyFor(tableName: string): string {
  return `stream~${tableName}`;
}
