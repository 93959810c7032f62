import type { Cloud } from "../../cloud.ts";
import type { StreamRecord } from "../../services/kinesis/interface.ts";
import type { ShownRecord } from "./types.ts";

/** The latest records of a stream, the latest first. The sequence number is the id of the record's event. */
export function streamRecords(cloud: Cloud, arn: string, most: number): ShownRecord[] {
  return queuedIn(cloud, arn, Number.POSITIVE_INFINITY)
    .sort((a, b) => b.arrival - a.arrival)
    .slice(0, most)
    .map(({ sequenceNumber, partitionKey, shardId, data, arrival }) => ({
      sequenceNumber,
      partitionKey,
      shardId,
      text: data.toString(),
      arrival,
    }));
}

/** @throws AwsError ResourceNotFoundException */
export function queuedIn({ dataStreams }: Cloud, arn: string, most: number): StreamRecord[] {
  return dataStreams.get(arn).shards.flatMap(({ id }) => dataStreams.read(arn, id, "", most));
}
