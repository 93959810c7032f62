import { parseArn } from "../../../../aws/arn.ts";
import type { StreamRecord } from "../../kinesis/interface.ts";

/**
 * The event that a function gets of a batch of records.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html
 */
export function streamEvent(
  records: readonly StreamRecord[],
  streamArn: string,
  roleArn: string,
): string {
  const awsRegion = parseArn(streamArn)?.region ?? "";
  return JSON.stringify({
    Records: records.map(({ shardId, sequenceNumber, partitionKey, data, arrival }) => ({
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
      awsRegion,
      eventSourceARN: streamArn,
    })),
  });
}
