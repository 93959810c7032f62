import { isDeepStrictEqual } from "node:util";
import db, { type Item, type Table, type Write } from "dynalite/db/index.js";
import { isObject } from "../../../../aws/isObject.ts";
import { bare } from "../bareObjects.ts";
import type { Engine } from "../engine.ts";
import type { ItemChange, StreamViewType } from "../interface.ts";
import { keyOf } from "../itemLocks.ts";

/** An item before and after a write; absent where there is none. */
export type WrittenItem = {
  readonly tableName: string;
  readonly before?: Item | undefined;
  readonly after?: Item | undefined;
};

/**
 * The items that writes are about to change. To be called before they are written, by a caller that holds
 * the items' locks.
 *
 * @param tables whose items count
 */
export async function writtenItems(
  { store }: Engine,
  writes: readonly Write[],
  tables: (name: string) => boolean,
): Promise<WrittenItem[]> {
  const found: WrittenItem[] = [];
  for (const write of writes) {
    const [, tableName] = /^item-([^~]+)~/.exec(write.key) ?? [];
    if (tableName === undefined || !tables(tableName)) continue;
    const before = itemOf(await store.db.get(write.key));
    const after = write.type === "put" ? itemOf(write.value) : undefined;
    if (!isDeepStrictEqual(before, after)) found.push({ tableName, before, after });
  }
  return found;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_StreamRecord.html */
export function itemChange(
  { before, after }: WrittenItem,
  table: Table,
  view: StreamViewType,
): ItemChange {
  const isNew = view === "NEW_IMAGE" || view === "NEW_AND_OLD_IMAGES";
  const isOld = view === "OLD_IMAGE" || view === "NEW_AND_OLD_IMAGES";
  const images = {
    Keys: keyOf(after ?? before ?? {}, table),
    ...(isNew && after !== undefined && { NewImage: after }),
    ...(isOld && before !== undefined && { OldImage: before }),
  };
  const size = Object.values(images).reduce((sum, image) => sum + db.itemSize(image), 0);
  return {
    eventName: before === undefined ? "INSERT" : after === undefined ? "REMOVE" : "MODIFY",
    dynamodb: { ...images, SizeBytes: size, StreamViewType: view },
  };
}

/** The store holds items as DynamoDB has them. */
function itemOf(value: unknown): Item | undefined {
  const item = bare(value);
  return isObject(item) ? Object.fromEntries(Object.entries(item).filter(isAttribute)) : undefined;
}

function isAttribute(entry: [string, unknown]): entry is [string, Record<string, unknown>] {
  return isObject(entry[1]);
}
