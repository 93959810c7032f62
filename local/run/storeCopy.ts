import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import { transaction } from "../storage/store.ts";

type Row = readonly SQLInputValue[];

/** The rows of every table of a database, at one moment. */
export type StoreCopy = readonly TableCopy[];

type TableCopy = {
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
};

export function copyStore(store: DatabaseSync): StoreCopy {
  return tablesOf(store).map((table) => {
    const columns = columnsOf(store, table);
    const select = store.prepare(`SELECT ${columns.join(", ")} FROM ${quoted(table)}`);
    select.setReadBigInts(true);
    return { table, columns, rows: select.all().map((row) => Object.values(row)) };
  });
}

/** Brings the tables to what they were. Tables that have been created since become empty. */
export function restoreStore(store: DatabaseSync, copy: StoreCopy): void {
  const copies = new Map(copy.map((each) => [each.table, each]));
  transaction(store, () => {
    for (const table of tablesOf(store)) {
      store.exec(`DELETE FROM ${quoted(table)}`);
      const copied = copies.get(table);
      if (copied !== undefined) insert(store, copied);
    }
  });
}

function insert(store: DatabaseSync, { table, columns, rows }: TableCopy): void {
  const values = columns.map(() => "?").join(", ");
  const statement = store.prepare(
    `INSERT INTO ${quoted(table)} (${columns.join(", ")}) VALUES (${values})`,
  );
  for (const row of rows) statement.run(...row);
}

/** The counters of AUTOINCREMENT come last, because each insert moves them. */
function tablesOf(store: DatabaseSync): string[] {
  const names = store
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
    .all()
    .map(({ name }) => String(name));
  return names.sort((a, b) => Number(a === counters) - Number(b === counters));
}

const counters = "sqlite_sequence";

/** With the row's number, which says what came first, unless a column stands for it or the table has none. */
function columnsOf(store: DatabaseSync, table: string): string[] {
  const described = store.prepare(`PRAGMA table_info(${quoted(table)})`).all();
  const names = described.map(({ name }) => quoted(String(name)));
  const keys = described.filter(({ pk }) => Number(pk) > 0);
  const isNumbered = keys.length === 1 && String(keys[0]?.type).toUpperCase() === "INTEGER";
  return isNumbered || !hasRowNumbers(store, table) ? names : ["rowid", ...names];
}

function hasRowNumbers(store: DatabaseSync, table: string): boolean {
  const found = store.prepare("SELECT wr FROM pragma_table_list WHERE name = ?").get(table);
  return Number(found?.wr) === 0;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
