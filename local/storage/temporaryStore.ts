import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { openStore } from "./store.ts";

/** What SQLite keeps in memory of the database, in KiB. The operating system caches the rest while it has room. */
const cacheKibibytes = 32 * 1024;

export type TemporaryStore = {
  readonly store: DatabaseSync;
  /** Whose disk the database is on; undefined in memory. */
  readonly directory: string | undefined;
};

/**
 * Opens a database that ends with the process, and needs little memory whatever the backlog: a file that is
 * deleted while it is open, so that nothing is left of it after a kill either. Where that cannot be done, as on
 * Windows or on a full disk, it is in memory.
 *
 * A rollback journal in memory costs less than one in a file, and a loss of power ends the process anyway.
 * SQLite's own temporary databases take twice the processor time: at every commit they go through all pages
 * that have changed since they were opened.
 *
 * @param folder of the file. @default the system's for temporary files
 */
export function openTemporaryStore(folder = tmpdir()): TemporaryStore {
  let directory: string | undefined;
  let store: DatabaseSync | undefined;
  try {
    directory = mkdtempSync(join(folder, "fanout-"));
    store = new DatabaseSync(join(directory, "cloud.db"));
    store.exec(`PRAGMA cache_size = -${cacheKibibytes}; PRAGMA locking_mode = EXCLUSIVE;
      PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF`);
    // Only a write creates the file and locks it.
    store.exec("PRAGMA user_version = 1");
    rmSync(directory, { recursive: true });
    return { store, directory: folder };
  } catch {
    store?.close();
    if (directory !== undefined) rmSync(directory, { recursive: true, force: true });
    return { store: openStore(), directory: undefined };
  }
}
