import { createHash } from "node:crypto";
import type { StreamRecord } from "../../kinesis/interface.ts";
import type { ItemChange } from "../interface.ts";

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
