import { parseArn } from "../../../../aws/arn.ts";
import { tableRecord } from "../../dynamodb/interface.ts";
import type { StreamRecord } from "../../kinesis/interface.ts";
import { sourceOf } from "./streamMapping.ts";

/** The event that a function gets of a batch of records. */
export function streamEvent(
  records: readonly StreamRecord[],
  streamArn: string,
  roleArn: string,
): string {
  const shared = { awsRegion: parseArn(streamArn)?.region ?? "", eventSourceARN: streamArn };
  const recordOf =
    sourceOf(streamArn) === "dynamodb"
      ? tableRecord
      : (record: StreamRecord) => kinesisRecord(record, roleArn);
  return JSON.stringify({ Records: records.map((each) => ({ ...recordOf(each), ...shared })) });
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html */
function kinesisRecord(record: StreamRecord, roleArn: string): object {
  const { shardId, sequenceNumber, partitionKey, data, arrival } = record;
  return {
    kinesis: {
      kinesisSchemaVersion: "1.0",
      partitionKey,
      sequenceNumber,
      data: data.toString("base64"),
      approximateArrivalTimestamp: arrival / 1000,
    },
    eventSource: "aws:kinesis",
    eventVersion: "1.0",
    eventID: `${shardId}:${sequenceNumber}`,
    eventName: "aws:kinesis:record",
    invokeIdentityArn: roleArn,
  };
}
