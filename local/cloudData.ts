import type { DatabaseSync } from "node:sqlite";
import { DiskSpace } from "./diskSpace.ts";
import { openStore } from "./store.ts";
import { openTemporaryStore } from "./temporaryStore.ts";

export type DataOptions = {
  /** Where queues, topics, objects and tables are stored. @default a temporary file */
  readonly dataDirectory?: string | undefined;
  /** The database, which stays open when the cloud is closed. @default one of its own */
  readonly store?: DatabaseSync | undefined;
  /** Told when the disk of the data is nearly full (`true`), and when there is room again. @default ignored */
  readonly onDiskSpace?: ((isLow: boolean) => void) | undefined;
};

/** What a local cloud keeps its data in. */
export type CloudData = {
  readonly store: DatabaseSync;
  /** Of the data directory, where there is one. */
  readonly disk: DiskSpace | undefined;
  readonly close: () => void;
};

/** @throws Error when the data directory cannot be opened, or its disk is nearly full */
export function openData(options: DataOptions): CloudData {
  const { dataDirectory: directory, onDiskSpace: onChange } = options;
  if (options.store !== undefined) {
    return { store: options.store, disk: undefined, close: () => {} };
  }
  const store = directory === undefined ? openTemporaryStore() : openStore(directory);
  try {
    const disk =
      directory === undefined ? undefined : new DiskSpace({ store, directory, onChange });
    const close = () => {
      disk?.close();
      store.close();
    };
    return { store, disk, close };
  } catch (error) {
    store.close();
    throw error;
  }
}
