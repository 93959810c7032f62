import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { makeDataDirectory, openingError } from "./dataDirectory.ts";

/**
 * Opens the one database of the local cloud. Each service creates its own tables in it.
 *
 * In a file, every commit has reached the operating system when the call that made it returns, so
 * that a killed process loses nothing it accepted (`synchronous=NORMAL`; only a loss of power may).
 *
 * @param directory of the file `cloud.db`; created if missing. @default in memory
 * @throws Error that says why it cannot be opened: another run has it, it is damaged, ...
 */
export function openStore(directory?: string): DatabaseSync {
  if (directory === undefined) return openInMemory();
  makeDataDirectory(directory);
  let store: DatabaseSync | undefined;
  try {
    store = new DatabaseSync(databasePath(directory));
    store.exec(
      "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL",
    );
    // The lock is taken by the first write, not by the pragma.
    store.exec("BEGIN IMMEDIATE; COMMIT");
  } catch (cause) {
    store?.close();
    throw openingError(directory, cause);
  }
  return store;
}

/** The file of the database in a data directory. */
export function databasePath(directory: string): string {
  return join(directory, "cloud.db");
}

/**
 * With few, large pages: SQLite looks through all pages in memory when it has moved rows between some,
 * as keys in no order make it do, and with a backlog in FIFO queues there are many.
 */
function openInMemory(): DatabaseSync {
  const store = new DatabaseSync(":memory:");
  store.exec("PRAGMA page_size = 16384");
  return store;
}

/** Databases with a transaction that has begun. */
const inTransaction = new WeakSet<DatabaseSync>();

/** Prepared once, because every message needs several. */
type Boundaries = Readonly<Record<"begin" | "commit" | "save" | "release", StatementSync>>;

const boundariesByStore = new WeakMap<DatabaseSync, Boundaries>();

function boundariesOf(store: DatabaseSync): Boundaries {
  const known = boundariesByStore.get(store);
  if (known !== undefined) return known;
  const boundaries = {
    begin: store.prepare("BEGIN IMMEDIATE"),
    commit: store.prepare("COMMIT"),
    save: store.prepare("SAVEPOINT nested"),
    release: store.prepare("RELEASE nested"),
  };
  boundariesByStore.set(store, boundaries);
  return boundaries;
}

/**
 * Runs `work` so that all its writes hold or none does. A transaction inside another is undone
 * alone when its own work throws, and together with the outer one otherwise.
 */
export function transaction<T>(store: DatabaseSync, work: () => T): T {
  const nested = inTransaction.has(store);
  const { begin, commit, save, release } = boundariesOf(store);
  (nested ? save : begin).run();
  inTransaction.add(store);
  try {
    const result = work();
    (nested ? release : commit).run();
    return result;
  } catch (error) {
    // After some failures, such as a full disk, SQLite has undone all of it by itself. Node before 22.16 cannot say.
    if (store.isTransaction ?? true) {
      store.exec(nested ? "ROLLBACK TO nested; RELEASE nested" : "ROLLBACK");
    }
    throw error;
  } finally {
    if (!nested) inTransaction.delete(store);
  }
}

/**
 * Runs `work` as part of the transaction that is under way, or in one of its own. It costs less than a
 * transaction inside another, but is undone only together with the outer one.
 */
export function withinTransaction<T>(store: DatabaseSync, work: () => T): T {
  return inTransaction.has(store) ? work() : transaction(store, work);
}
