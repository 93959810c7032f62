import type { Callback, Store, SubDatabase, Write } from "dynalite/db/index.js";

/**
 * Keeps back what operations write to items and indexes, so that all of it can be written at once. What
 * they read is the real data, without what is kept back: no two operations may touch one item.
 */
export class HeldWrites {
  readonly writes: Write[] = [];
  /** For the operations. */
  readonly store: Store;

  constructor(store: Store) {
    this.store = {
      ...store,
      tableDb: this.#holding(store.tableDb, "table~"),
      getItemDb: (table) => this.#holding(store.getItemDb(table), `item-${table}~`),
      getIndexDb: (kind, table, index) =>
        this.#holding(
          store.getIndexDb(kind, table, index),
          `index-${kind.toLowerCase()}~${table}~${index}~`,
        ),
    };
  }

  /** @param prefix that dynalite puts before the keys of that part of the database */
  #holding(database: SubDatabase, prefix: string): SubDatabase {
    return {
      ...database,
      // A caller that holds writes back holds the items' locks already.
      lock: (_key, work) => work((callback) => callback),
      put: (key, value, callback) =>
        this.#hold({ type: "put", key: prefix + key, value }, callback),
      del: (key, callback) => this.#hold({ type: "del", key: prefix + key }, callback),
    };
  }

  #hold(write: Write, callback: Callback<void>): void {
    this.writes.push(write);
    setImmediate(callback, null);
  }
}
