import db, { type Item, type Table } from "dynalite/db/index.js";

/** Serializes work on the same items, in the order of the calls. */
export class ItemLocks {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Runs `work` when all earlier work on any of these items has ended. */
  async hold<T>(items: readonly string[], work: () => Promise<T>): Promise<T> {
    // All locks are taken in one turn, so that there are no deadlocks.
    const before = items.map((item) => this.#last.get(item));
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    for (const item of items) this.#last.set(item, ended);
    try {
      await Promise.all(before);
      return await work();
    } finally {
      end();
      for (const item of items) if (this.#last.get(item) === ended) this.#last.delete(item);
    }
  }
}

/** The attributes of an item that are its key. */
export function keyOf(item: Item, table: Table): Item {
  return Object.fromEntries(
    table.KeySchema.flatMap(({ AttributeName: name }) => {
      const value = item[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/**
 * Names an item among those of all tables, however its numbers are written.
 * @returns undefined for what is no key of the table
 */
export function itemName(key: Item, table: Table): string | undefined {
  if (db.validateKey(key, table)) return undefined;
  return `${table.TableName}~${db.createKey(key, table)}`;
}
