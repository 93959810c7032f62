import * as v from "valibot";
import type { Authorize } from "../../../protocol/access.ts";
import { AwsError } from "../../../protocol/awsError.ts";
import type { Call, Operations, Reply } from "../../../protocol/call.ts";
import { parseInput, requireAllowed } from "../../../protocol/input.ts";
import { jsonProtocol } from "../../../protocol/jsonProtocol.ts";
import { pageAfter } from "../../../protocol/page.ts";
import {
  iteratorOf,
  positionAt,
  positionIn,
  type ShardPosition,
  sequenceNumberPattern,
  startTypes,
} from "../../../streams/shardIterators.ts";
import { listIn } from "../inputShape.ts";
import { tableRecord } from "../interface.ts";
import { firstSequenceNumber } from "../streams/tableStreams.ts";
import type { Tables } from "../tables.ts";

export type TableStreamsApiOptions = {
  readonly tables: Tables;
  readonly authorize: Authorize;
  readonly region: string;
};

/** What stands before an operation of this API in `X-Amz-Target`; requests are signed for `dynamodb`. */
export const streamsTarget = "DynamoDBStreams_20120810";

const limit = v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)), 100);
const describeInput = v.object({
  StreamArn: v.string(),
  ExclusiveStartShardId: v.optional(v.string()),
  Limit: limit,
});
const listInput = v.object({
  TableName: v.optional(v.string()),
  ExclusiveStartStreamArn: v.optional(v.string()),
  Limit: limit,
});
const iteratorInput = v.object({
  StreamArn: v.string(),
  ShardId: v.string(),
  ShardIteratorType: v.picklist(startTypes),
  SequenceNumber: v.optional(v.pipe(v.string(), v.regex(sequenceNumberPattern))),
});
const recordsInput = v.object({
  ShardIterator: v.string(),
  Limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)), 1000),
});

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB_Streams.html */
export function tableStreamsService(
  options: TableStreamsApiOptions,
): (call: Call) => Promise<Reply> {
  return jsonProtocol({
    targetPrefix: streamsTarget,
    errorNamespace: "com.amazonaws.dynamodb.v20120810",
    operations: operations(options),
  });
}

function operations({ tables, authorize, region }: TableStreamsApiOptions): Operations {
  const { streams } = tables;
  const allowed = async (call: Call, action: string, arn: string) => {
    requireAllowed(authorize, call, `dynamodb:${action}`, arn);
    await streams.open();
    return streams.get(arn);
  };
  return {
    ListStreams: async (input, call) => {
      const { TableName, ExclusiveStartStreamArn: start, Limit } = parseInput(listInput, input);
      requireAllowed(authorize, call, "dynamodb:ListStreams", "*");
      const found = await streams.list(TableName);
      const sorted = found.sort((a, b) => (a.arn < b.arn ? -1 : 1));
      const { items, last } = pageAfter(sorted, ({ arn }) => arn, start, Limit);
      const Streams = items.map(({ arn, tableName, label }) => ({
        StreamArn: arn,
        StreamLabel: label,
        TableName: tableName,
      }));
      return { Streams, LastEvaluatedStreamArn: last };
    },
    DescribeStream: async (input, call) => {
      const { StreamArn, ExclusiveStartShardId, Limit } = parseInput(describeInput, input);
      const { shards } = await allowed(call, "DescribeStream", StreamArn);
      const { items, last } = pageAfter(shards, ({ id }) => id, ExclusiveStartShardId, Limit);
      const described = await describe(tables, StreamArn);
      const Shards = shardsOf(items);
      return { StreamDescription: { ...described, Shards, LastEvaluatedShardId: last } };
    },
    GetShardIterator: async (input, call) => {
      const given = parseInput(iteratorInput, input);
      const { arn, shards } = await allowed(call, "GetShardIterator", given.StreamArn);
      if (!shards.some(({ id }) => id === given.ShardId)) throw shardNotFound();
      const start = { type: given.ShardIteratorType, sequenceNumber: given.SequenceNumber };
      const position = positionAt(streams, { arn, shardId: given.ShardId }, start);
      return { ShardIterator: iteratorIn(position) };
    },
    GetRecords: async (input, call) => {
      const { ShardIterator, Limit } = parseInput(recordsInput, input);
      const { arn, shardId, after } = positionOf(ShardIterator);
      await allowed(call, "GetRecords", arn);
      const records = streams.read(arn, shardId, after, Limit);
      const next = records.at(-1)?.sequenceNumber ?? after;
      return {
        Records: records.map((record) => ({ ...tableRecord(record), awsRegion: region })),
        NextShardIterator: iteratorIn({ arn, shardId, after: next }),
      };
    },
  };
}

function shardNotFound(): AwsError {
  const message = "Requested resource not found: Shard does not exist";
  return new AwsError("ResourceNotFoundException", message);
}

/** Iterators of tables' streams name the stream, and a version. */
function iteratorIn(position: ShardPosition): string {
  return `${position.arn}|1|${iteratorOf(position)}`;
}

function positionOf(iterator: string): ShardPosition {
  return positionIn(iterator.split("|").at(-1) ?? "", "ValidationException");
}

async function describe(tables: Tables, streamArn: string) {
  const stream = (await tables.streams.list()).find(({ arn }) => arn === streamArn);
  const TableName = stream?.tableName;
  const { Table } = await tables.call("DescribeTable", { TableName });
  return {
    StreamArn: streamArn,
    StreamLabel: stream?.label,
    StreamStatus: "ENABLED",
    StreamViewType: stream?.view,
    CreationRequestDateTime: Date.parse(`${stream?.label}Z`) / 1000,
    TableName,
    KeySchema: listIn(Table, "KeySchema"),
  };
}

/** The one shard of a stream is open and begins with its first record. */
function shardsOf(shards: readonly { readonly id: string }[]) {
  return shards.map(({ id }) => ({
    ShardId: id,
    SequenceNumberRange: { StartingSequenceNumber: firstSequenceNumber },
  }));
}
