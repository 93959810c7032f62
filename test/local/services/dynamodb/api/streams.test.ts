import { expect } from "chai";
import * as v from "valibot";
import {
  type DynamoDbEndpoint,
  serveDynamoDb,
} from "../../../../harness/endpoints/dynamoDbEndpoint.ts";
import { fetchSigned } from "../../../../harness/endpoints/signedRequests.ts";

const ShardId = "shardId-00000000000000000000-00000001";

const answer = v.looseObject({
  __type: v.optional(v.string(), ""),
  ShardIterator: v.optional(v.string()),
  NextShardIterator: v.optional(v.string()),
  Records: v.optional(
    v.array(
      v.looseObject({
        dynamodb: v.looseObject({ Keys: v.object({ sku: v.object({ S: v.string() }) }) }),
      }),
    ),
    [],
  ),
});

const listed = v.object({
  Streams: v.array(v.object({ TableName: v.string() })),
  LastEvaluatedStreamArn: v.optional(v.string()),
});

const described = v.object({ StreamDescription: v.object({ Shards: v.array(v.unknown()) }) });

describe("the API of tables' streams", () => {
  let dynamoDb: DynamoDbEndpoint;
  let StreamArn: string;

  beforeEach(async () => {
    dynamoDb = await serveDynamoDb();
    await dynamoDb.tables.streams.set("stock", "NEW_IMAGE");
    StreamArn = (await dynamoDb.tables.streams.of("stock"))?.arn ?? "";
  });

  afterEach(() => dynamoDb.close());

  async function call(operation: string, input: object) {
    const headers = {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": `DynamoDBStreams_20120810.${operation}`,
    };
    const sent = { method: "POST", headers, body: JSON.stringify(input) };
    const response = await fetchSigned(`${dynamoDb.url}/`, sent, { service: "dynamodb" });
    return response.json();
  }

  async function ask(operation: string, input: object) {
    return v.parse(answer, await call(operation, input));
  }

  async function namesFrom(start: object): Promise<string[]> {
    const { ShardIterator } = await ask("GetShardIterator", { StreamArn, ShardId, ...start });
    const { Records } = await ask("GetRecords", { ShardIterator });
    return Records.map(({ dynamodb }) => dynamodb.Keys.sku.S);
  }

  it("lists and describes a table's stream", async () => {
    const named = { StreamArn, StreamLabel: "2026-01-01T00:00:00.000", TableName: "stock" };
    expect(await call("ListStreams", {})).to.deep.equal({ Streams: [named] });
    expect(await call("ListStreams", { TableName: "other" })).to.deep.equal({ Streams: [] });
    expect(await call("DescribeStream", { StreamArn })).to.deep.equal({
      StreamDescription: {
        ...named,
        StreamStatus: "ENABLED",
        StreamViewType: "NEW_IMAGE",
        CreationRequestDateTime: Date.UTC(2026, 0) / 1000,
        KeySchema: [{ AttributeName: "sku", KeyType: "HASH" }],
        Shards: [
          { ShardId, SequenceNumberRange: { StartingSequenceNumber: "100000000000000000001" } },
        ],
      },
    });
  });

  it("reads a shard from where the caller asks, and goes on from there", async () => {
    for (const sku of ["a", "b"]) await dynamoDb.put(sku, 1);
    expect(await namesFrom({ ShardIteratorType: "TRIM_HORIZON" })).to.deep.equal(["a", "b"]);
    expect(await namesFrom({ ShardIteratorType: "LATEST" })).to.deep.equal([]);
    const first = {
      ShardIteratorType: "AT_SEQUENCE_NUMBER",
      SequenceNumber: "100000000000000000002",
    };
    expect(await namesFrom(first)).to.deep.equal(["b"]);
    const start = { StreamArn, ShardId, ShardIteratorType: "TRIM_HORIZON" };
    const { ShardIterator } = await ask("GetShardIterator", start);
    const page = await ask("GetRecords", { ShardIterator, Limit: 1 });
    expect(page.Records).to.have.length(1);
    expect(page.Records[0]).to.deep.include({
      awsRegion: "eu-west-1",
      eventName: "INSERT",
      eventSource: "aws:dynamodb",
      eventVersion: "1.1",
    });
    const next = await ask("GetRecords", { ShardIterator: page.NextShardIterator });
    expect(next.Records).to.have.length(1);
  });

  it("lists the shards and streams after one that the caller names", async () => {
    await dynamoDb.tables.create({ name: "orders", hashKey: "id", attributes: { id: "S" } });
    await dynamoDb.tables.streams.set("orders", "KEYS_ONLY");
    const first = v.parse(listed, await call("ListStreams", { Limit: 1 }));
    expect(first.Streams).to.deep.equal([{ TableName: "orders" }]);
    const start = { ExclusiveStartStreamArn: first.LastEvaluatedStreamArn };
    expect(v.parse(listed, await call("ListStreams", start))).to.deep.equal({
      Streams: [{ TableName: "stock" }],
    });
    const rest = { StreamArn, ExclusiveStartShardId: ShardId };
    const { StreamDescription } = v.parse(described, await call("DescribeStream", rest));
    expect(StreamDescription.Shards).to.deep.equal([]);
  });

  it("gives iterators that name their stream", async () => {
    const start = { StreamArn, ShardId, ShardIteratorType: "TRIM_HORIZON" };
    const { ShardIterator = "" } = await ask("GetShardIterator", start);
    expect(ShardIterator.startsWith(`${StreamArn}|1|`)).to.equal(true);
    const { NextShardIterator = "" } = await ask("GetRecords", { ShardIterator });
    expect(NextShardIterator.startsWith(`${StreamArn}|1|`)).to.equal(true);
    const { __type } = await ask("GetRecords", { ShardIterator: `${StreamArn}|1|x` });
    expect(__type).to.include("ValidationException");
  });

  it("refuses a sequence number that is none", async () => {
    for (const SequenceNumber of ["", "x", "-1", "1e3"]) {
      const start = { ShardIteratorType: "AT_SEQUENCE_NUMBER", SequenceNumber };
      const { __type } = await ask("GetShardIterator", { StreamArn, ShardId, ...start });
      expect(__type, SequenceNumber).to.include("ValidationException");
    }
  });

  it("refuses a shard that the stream does not have", async () => {
    const start = { StreamArn, ShardId: `${ShardId}0`, ShardIteratorType: "LATEST" };
    expect(await call("GetShardIterator", start)).to.deep.equal({
      __type: "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException",
      message: "Requested resource not found: Shard does not exist",
    });
  });

  it("refuses a stream that does not exist, and a caller without permission", async () => {
    const other = `${StreamArn}0`;
    expect(await call("DescribeStream", { StreamArn: other })).to.deep.equal({
      __type: "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException",
      message: `Requested resource not found: Stream: ${other} not found`,
    });
    dynamoDb.denyWhere(({ action }) => (action === "dynamodb:ListStreams" ? "No." : undefined));
    expect((await ask("ListStreams", {})).__type).to.include("AccessDeniedException");
  });
});
