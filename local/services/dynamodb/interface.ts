import { createHash } from "node:crypto";
import type { Item } from "dynalite/db/index.js";
import type { StreamRecord } from "../kinesis/interface.ts";

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

/**
 * A record of a table's stream as functions and clients get it, without where it comes from.
 *
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_Record.html
 */
export function tableRecord({ sequenceNumber, data, arrival }: StreamRecord): object {
  const { eventName, dynamodb }: ItemChange = JSON.parse(data.toString("utf8"));
  return {
    eventID: createHash("md5").update(sequenceNumber).digest("hex"),
    eventName,
    eventVersion: "1.1",
    eventSource: "aws:dynamodb",
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(arrival / 1000),
      ...dynamodb,
      SequenceNumber: sequenceNumber,
    },
  };
}
