import { account, formatArn } from "../../../arn.ts";
import type { Authorize } from "../../../protocol/access.ts";
import { AwsError } from "../../../protocol/awsError.ts";
import type { Call, Operations, Reply } from "../../../protocol/call.ts";
import { parseInput, requireAllowed } from "../../../protocol/input.ts";
import { jsonProtocol } from "../../../protocol/jsonProtocol.ts";
import { pageAfter } from "../../../protocol/page.ts";
import type { StreamRecord } from "../../../streams/recordLog.ts";
import { iteratorOf, positionAt, positionIn } from "../../../streams/shardIterators.ts";
import { sequenceNumberOf } from "../records.ts";
import type { Stream, Streams } from "../streams.ts";
import {
  createStreamInput,
  describeStreamInput,
  getRecordsInput,
  iteratorInput,
  listShardsInput,
  listStreamsInput,
  putRecordInput,
  putRecordsInput,
  streamInput,
  streamNamed,
} from "./input.ts";
import { readShardToken, shardToken } from "./shardPage.ts";

export type KinesisOptions = {
  readonly streams: Streams;
  readonly authorize: Authorize;
  readonly region: string;
};

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_Operations.html */
export function kinesis(options: KinesisOptions): (call: Call) => Promise<Reply> {
  return jsonProtocol({
    targetPrefix: "Kinesis_20131202",
    errorNamespace: "com.amazonaws.kinesis.v20131202",
    operations: operations(options),
  });
}

function operations({ streams, authorize, region }: KinesisOptions): Operations {
  const allowed = (call: Call, action: string, named: string): Stream => {
    const stream = streams.get(named);
    requireAllowed(authorize, call, `kinesis:${action}`, stream.arn);
    return stream;
  };
  return {
    CreateStream: (input, call) => {
      const { StreamName, ShardCount, StreamModeDetails } = parseInput(createStreamInput, input);
      const arn = formatArn("kinesis", region, `stream/${StreamName}`);
      requireAllowed(authorize, call, "kinesis:CreateStream", arn);
      streams.create(StreamName, { mode: StreamModeDetails?.StreamMode, shardCount: ShardCount });
      return {};
    },
    DeleteStream: (input, call) => {
      streams.delete(
        allowed(call, "DeleteStream", streamNamed(parseInput(streamInput, input))).name,
      );
      return {};
    },
    PutRecord: (input, call) => {
      const given = parseInput(putRecordInput, input);
      const { arn } = allowed(call, "PutRecord", streamNamed(given));
      return putResult(streams.put(arn, recordOf(given), call.callerArn));
    },
    PutRecords: (input, call) => {
      const given = parseInput(putRecordsInput, input);
      const { arn } = allowed(call, "PutRecords", streamNamed(given));
      const Records = given.Records.map((record) =>
        putResult(streams.put(arn, recordOf(record), call.callerArn)),
      );
      return { FailedRecordCount: 0, Records };
    },
    ListShards: (input, call) => {
      const { NextToken, MaxResults, ...given } = parseInput(listShardsInput, input);
      const page = NextToken === undefined ? undefined : readShardToken(NextToken);
      const stream = allowed(call, "ListShards", page?.streamArn ?? streamNamed(given));
      const start = page?.after ?? given.ExclusiveStartShardId;
      const { items, last } = pageAfter(stream.shards, ({ id }) => id, start, MaxResults);
      return {
        Shards: shardsOf(items),
        NextToken: last && shardToken({ streamArn: stream.arn, after: last }),
      };
    },
    DescribeStream: (input, call) => {
      const {
        ExclusiveStartShardId: start,
        Limit,
        ...given
      } = parseInput(describeStreamInput, input);
      const stream = allowed(call, "DescribeStream", streamNamed(given));
      const { items, last } = pageAfter(stream.shards, ({ id }) => id, start, Limit);
      return {
        StreamDescription: {
          ...summaryOf(stream),
          Shards: shardsOf(items),
          HasMoreShards: last !== undefined,
        },
      };
    },
    DescribeStreamSummary: (input, call) => {
      const named = streamNamed(parseInput(streamInput, input));
      const stream = allowed(call, "DescribeStreamSummary", named);
      const counts = { OpenShardCount: stream.shards.length, ConsumerCount: 0 };
      return { StreamDescriptionSummary: { ...summaryOf(stream), ...counts } };
    },
    ListStreams: (input, call) => {
      const { Limit, ...start } = parseInput(listStreamsInput, input);
      requireAllowed(authorize, call, "kinesis:ListStreams", "*");
      const names = streams
        .list()
        .map(({ name }) => name)
        .sort();
      const after = start.NextToken ?? start.ExclusiveStartStreamName;
      const { items, last } = pageAfter(names, (name) => name, after, Limit);
      return { StreamNames: items, HasMoreStreams: last !== undefined, NextToken: last };
    },
    GetShardIterator: (input, call) => {
      const given = parseInput(iteratorInput, input);
      const stream = allowed(call, "GetShardIterator", streamNamed(given));
      const { arn } = stream;
      requireShard(stream, given.ShardId);
      const position = positionAt(
        streams,
        { arn, shardId: given.ShardId },
        {
          type: given.ShardIteratorType,
          sequenceNumber: given.StartingSequenceNumber,
          timestamp: given.Timestamp,
        },
      );
      return { ShardIterator: iteratorOf(position) };
    },
    GetRecords: (input, call) => {
      const { ShardIterator, Limit = 10_000 } = parseInput(getRecordsInput, input);
      const { arn, shardId, after } = positionIn(ShardIterator, "InvalidArgumentException");
      allowed(call, "GetRecords", arn);
      const records = streams.read(arn, shardId, after, Limit);
      const next = { arn, shardId, after: records.at(-1)?.sequenceNumber ?? after };
      return {
        Records: records.map(recordResult),
        NextShardIterator: iteratorOf(next),
        MillisBehindLatest: 0,
      };
    },
  };
}

/** @throws AwsError ResourceNotFoundException */
function requireShard({ name, shards }: Stream, shardId: string): void {
  if (shards.some(({ id }) => id === shardId)) return;
  throw new AwsError(
    "ResourceNotFoundException",
    `Shard ${shardId} in stream ${name} under account ${account} does not exist`,
  );
}

function recordOf(given: { Data: string; PartitionKey: string; ExplicitHashKey?: string }) {
  const { Data, PartitionKey: partitionKey, ExplicitHashKey: hashKey } = given;
  const explicitHashKey = hashKey === undefined ? undefined : BigInt(hashKey);
  return { partitionKey, data: Buffer.from(Data, "base64"), explicitHashKey };
}

function putResult({ shardId, sequenceNumber }: StreamRecord) {
  return { ShardId: shardId, SequenceNumber: sequenceNumber };
}

function recordResult({ sequenceNumber, partitionKey, data, arrival }: StreamRecord) {
  return {
    SequenceNumber: sequenceNumber,
    PartitionKey: partitionKey,
    Data: data.toString("base64"),
    ApproximateArrivalTimestamp: arrival / 1000,
  };
}

function shardsOf(shards: Stream["shards"]) {
  return shards.map(({ id, startingHashKey, endingHashKey }) => ({
    ShardId: id,
    HashKeyRange: {
      StartingHashKey: String(startingHashKey),
      EndingHashKey: String(endingHashKey),
    },
    SequenceNumberRange: { StartingSequenceNumber: sequenceNumberOf(0) },
  }));
}

function summaryOf({ arn, name, mode, retentionHours, created }: Stream) {
  return {
    StreamName: name,
    StreamARN: arn,
    StreamStatus: "ACTIVE",
    StreamModeDetails: { StreamMode: mode },
    RetentionPeriodHours: retentionHours,
    StreamCreationTimestamp: created / 1000,
    EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
    EncryptionType: "NONE",
  };
}
