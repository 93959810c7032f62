import type { Cloud } from "../cloud.ts";
import type { StoredEntry } from "../services/dynamodb/engine.ts";
import { copyStore, type StoreCopy } from "./storeCopy.ts";

/** What a cloud keeps, at one moment. */
export type CloudSnapshot = {
  /** Cloud time in milliseconds since 1970. */
  readonly time: number;
  readonly store: StoreCopy;
  readonly tables: readonly StoredEntry[];
};

/** To be taken when nothing is under way. */
export async function takeSnapshot({ clock, store, tables }: Cloud): Promise<CloudSnapshot> {
  return { time: clock.now(), tables: await tables.entries(), store: copyStore(store) };
}
