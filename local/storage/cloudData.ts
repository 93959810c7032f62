import type { DatabaseSync } from "node:sqlite";
import { DiskSpace, type DiskSpaceOptions } from "./diskSpace.ts";
import { databasePath, openStore } from "./store.ts";
import { openTemporaryStore } from "./temporaryStore.ts";

export type DataOptions = {
  /** Where queues, topics, objects and tables are stored. @default a temporary file */
  readonly dataDirectory?: string | undefined;
  /** The database, which stays open when the cloud is closed. @default one of its own */
  readonly store?: DatabaseSync | undefined;
  /**
   * Told in a sentence when nothing new is accepted from now on, because the disk is nearly full or the data were
   * removed, and when it is again. @default ignored
   */
  readonly onDiskSpace?: ((message: string) => void) | undefined;
};

/** What a local cloud keeps its data in. */
export type CloudData = {
  readonly store: DatabaseSync;
  /** Of the data, where they are in a file of the cloud's own. */
  readonly disk: DiskSpace | undefined;
  readonly close: () => void;
};

/** In the database of a data directory, which other programs may fill up as well, in bytes. */
const reserved = 4 * 2 ** 20;

/** @throws Error when the data directory cannot be opened, or its disk is nearly full */
export function openData(options: DataOptions): CloudData {
  const { dataDirectory, onDiskSpace: onChange } = options;
  if (options.store !== undefined) {
    return { store: options.store, disk: undefined, close: () => {} };
  }
  if (dataDirectory !== undefined) {
    const store = openStore(dataDirectory);
    const purpose = "data directory";
    const path = databasePath(dataDirectory);
    return onDisk({ store, directory: dataDirectory, path, purpose, reserved, onChange });
  }
  const { store, directory } = openTemporaryStore();
  if (directory === undefined) return { store, disk: undefined, close: () => store.close() };
  return onDisk({
    store,
    directory,
    path: directory,
    purpose: "directory of temporary files",
    reserved: 0,
    onChange,
  });
}

function onDisk(options: DiskSpaceOptions): CloudData {
  const { store } = options;
  try {
    const disk = new DiskSpace(options);
    const close = () => {
      disk.close();
      store.close();
    };
    return { store, disk, close };
  } catch (error) {
    store.close();
    throw error;
  }
}
