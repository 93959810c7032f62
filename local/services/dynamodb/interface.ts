import type { Item } from "dynalite/db/index.js";

export { tableRecord } from "./streams/tableRecord.ts";

/** Which images of an item the records of a table's stream have. */
export type StreamViewType = "KEYS_ONLY" | "NEW_IMAGE" | "OLD_IMAGE" | "NEW_AND_OLD_IMAGES";

/** What the records of a table's stream hold: one change of one item. */
export type ItemChange = {
  readonly eventName: "INSERT" | "MODIFY" | "REMOVE";
  readonly dynamodb: {
    readonly Keys: Item;
    readonly NewImage?: Item;
    readonly OldImage?: Item;
    readonly SizeBytes: number;
    readonly StreamViewType: StreamViewType;
  };
};
