import * as v from "valibot";
import { AwsError } from "../../../protocol/awsError.ts";
import { sequenceNumberPattern, startTypes } from "../../../streams/shardIterators.ts";

const stream = { StreamName: v.optional(v.string()), StreamARN: v.optional(v.string()) };

const record = {
  Data: v.string(),
  PartitionKey: v.pipe(v.string(), v.minLength(1), v.maxLength(256)),
  ExplicitHashKey: v.optional(v.pipe(v.string(), v.regex(/^\d{1,39}$/))),
};

/** Tags have no effect here. */
export const createStreamInput = v.strictObject({
  StreamName: v.pipe(v.string(), v.regex(/^[\w.-]{1,128}$/)),
  ShardCount: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000))),
  StreamModeDetails: v.optional(
    v.strictObject({ StreamMode: v.picklist(["PROVISIONED", "ON_DEMAND"]) }),
  ),
  Tags: v.optional(v.unknown()),
});

export const putRecordInput = v.object({ ...stream, ...record });

export const putRecordsInput = v.object({
  ...stream,
  Records: v.pipe(v.array(v.object(record)), v.minLength(1), v.maxLength(500)),
});

export const streamInput = v.object(stream);

function limit(standard: number) {
  return v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000)), standard);
}

export const describeStreamInput = v.object({
  ...stream,
  ExclusiveStartShardId: v.optional(v.string()),
  Limit: limit(100),
});

/** A token names the stream, too. */
export const listShardsInput = v.object({
  ...stream,
  ExclusiveStartShardId: v.optional(v.string()),
  MaxResults: limit(1000),
  NextToken: v.optional(v.string()),
});

export const listStreamsInput = v.object({
  ExclusiveStartStreamName: v.optional(v.string()),
  Limit: limit(100),
  NextToken: v.optional(v.string()),
});

export const iteratorInput = v.object({
  ...stream,
  ShardId: v.string(),
  ShardIteratorType: v.picklist([...startTypes, "AT_TIMESTAMP"]),
  StartingSequenceNumber: v.optional(v.pipe(v.string(), v.regex(sequenceNumberPattern))),
  Timestamp: v.optional(v.number()),
});

export const getRecordsInput = v.object({
  ShardIterator: v.string(),
  Limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000))),
});

export function streamNamed(input: { StreamName?: string; StreamARN?: string }): string {
  const named = input.StreamARN ?? input.StreamName;
  if (named !== undefined) return named;
  throw new AwsError("ValidationException", "Either StreamName or StreamARN must be provided");
}
