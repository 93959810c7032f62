import db, { type Item, type Table } from "dynalite/db/index.js";

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
