import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/**
 * Opens the one database of the local cloud. Each service creates its own tables in it.
 *
 * In a file, every commit has reached the operating system when the call that made it returns, so
 * that a killed process loses nothing it accepted (`synchronous=NORMAL`; only a loss of power may).
 *
 * @param directory of the file `cloud.db`; created if missing. @default in memory
 * @throws when another process has the same directory open
 */
export function openStore(directory?: string): DatabaseSync {
  if (directory === undefined) return openInMemory();
  // It holds what AWS would hold, secrets among it.
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const store = new DatabaseSync(join(directory, "cloud.db"));
  try {
    store.exec(
      "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL",
    );
    // The lock is taken by the first write, not by the pragma.
    store.exec("BEGIN IMMEDIATE; COMMIT");
  } catch (cause) {
    store.close();
    throw new Error(
      `The data directory "${directory}" cannot be opened; is another local run using it? Stop that one, or choose another directory.`,
      { cause },
    );
  }
  return store;
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

/**
 * Runs `work` so that all its writes hold or none does. A transaction inside another is undone
 * alone when its own work throws, and together with the outer one otherwise.
 */
export function transaction<T>(store: DatabaseSync, work: () => T): T {
  const nested = store.isTransaction;
  store.exec(nested ? "SAVEPOINT nested" : "BEGIN IMMEDIATE");
  try {
    const result = work();
    store.exec(nested ? "RELEASE nested" : "COMMIT");
    return result;
  } catch (error) {
    store.exec(nested ? "ROLLBACK TO nested; RELEASE nested" : "ROLLBACK");
    throw error;
  }
}
