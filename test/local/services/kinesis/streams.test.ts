import { expect } from "chai";
import type { Authorize } from "../../../../local/protocol/access.ts";
import { owner } from "../../../../local/protocol/access.ts";
import type { Call } from "../../../../local/protocol/call.ts";
import { kinesis } from "../../../../local/services/kinesis/api/kinesis.ts";
import { Streams } from "../../../../local/services/kinesis/streams.ts";
import { ManualClock } from "../../../../local/time/manualClock.ts";
import { Trace } from "../../../../local/trace/trace.ts";

const streamArn = "arn:aws:kinesis:eu-west-1:000000000000:stream/clicks";

describe("Kinesis", () => {
  let clock: ManualClock;
  let streams: Streams;
  let authorize: Authorize;

  beforeEach(() => {
    clock = new ManualClock();
    streams = new Streams({ clock, region: "eu-west-1", trace: new Trace(clock) });
    streams.create("clicks", { shardCount: 2 });
    authorize = () => ({ allowed: true });
  });

  async function call(operation: string, input: object) {
    const request: Call = {
      method: "POST",
      path: "/",
      query: new URLSearchParams(),
      headers: { "x-amz-target": `Kinesis_20131202.${operation}` },
      body: Buffer.from(JSON.stringify(input)),
      service: "kinesis",
      region: "eu-west-1",
      principal: owner,
      callerArn: "arn:aws:iam::000000000000:root",
    };
    const { status, body } = await kinesis({ streams, authorize, region: "eu-west-1" })(request);
    return { status, output: JSON.parse(String(body)) };
  }

  const base64 = (text: string) => Buffer.from(text).toString("base64");

  it("puts a record into the shard that its partition key hashes to", async () => {
    const put = (PartitionKey: string) =>
      call("PutRecord", { StreamName: "clicks", Data: base64("x"), PartitionKey });
    // MD5 of "a" begins with 0c, that of "b" with 92.
    expect((await put("a")).output.ShardId).to.equal("shardId-000000000000");
    expect((await put("b")).output.ShardId).to.equal("shardId-000000000001");
    const chosen = await call("PutRecord", {
      StreamARN: streamArn,
      Data: base64("x"),
      PartitionKey: "b",
      ExplicitHashKey: "0",
    });
    expect(chosen.output.ShardId).to.equal("shardId-000000000000");
  });

  it("gives records in order, from where the iterator begins", async () => {
    const Records = ["1", "2", "3"].map((text) => ({ Data: base64(text), PartitionKey: "a" }));
    const { output } = await call("PutRecords", { StreamName: "clicks", Records });
    expect(output.FailedRecordCount).to.equal(0);
    const second = output.Records[1].SequenceNumber;
    const read = async (iterator: object) => {
      const at = { StreamName: "clicks", ShardId: "shardId-000000000000", ...iterator };
      const { output: begun } = await call("GetShardIterator", at);
      const { output: got } = await call("GetRecords", { ShardIterator: begun.ShardIterator });
      const texts = got.Records.map(({ Data }: { Data: string }) =>
        Buffer.from(Data, "base64").toString(),
      );
      return { texts, next: got.NextShardIterator };
    };
    const all = await read({ ShardIteratorType: "TRIM_HORIZON" });
    expect(all.texts).to.deep.equal(["1", "2", "3"]);
    const from = { StartingSequenceNumber: second };
    const at = await read({ ShardIteratorType: "AT_SEQUENCE_NUMBER", ...from });
    expect(at.texts).to.deep.equal(["2", "3"]);
    const after = await read({ ShardIteratorType: "AFTER_SEQUENCE_NUMBER", ...from });
    expect(after.texts).to.deep.equal(["3"]);
    expect((await read({ ShardIteratorType: "LATEST" })).texts).to.deep.equal([]);
    await call("PutRecord", { StreamName: "clicks", Data: base64("4"), PartitionKey: "a" });
    const { output: later } = await call("GetRecords", { ShardIterator: all.next });
    expect(later.Records.map(({ Data }: { Data: string }) => Data)).to.deep.equal([base64("4")]);
  });

  it("forgets records after the retention period", async () => {
    streams.put("clicks", { partitionKey: "a", data: Buffer.from("x") }, "test");
    await clock.advance(24 * 3_600_000);
    expect(streams.read("clicks", "shardId-000000000000", "", 10)).to.have.lengthOf(1);
    await clock.advance(1);
    expect(streams.read("clicks", "shardId-000000000000", "", 10)).to.deep.equal([]);
  });

  it("describes a stream and its shards, which share all hash keys", async () => {
    const { output } = await call("DescribeStream", { StreamName: "clicks" });
    const { Shards, ...stream } = output.StreamDescription;
    expect(stream).to.include({ StreamARN: streamArn, StreamStatus: "ACTIVE" });
    expect(Shards.map(({ HashKeyRange }: { HashKeyRange: object }) => HashKeyRange)).to.deep.equal([
      { StartingHashKey: "0", EndingHashKey: String(2n ** 127n - 1n) },
      { StartingHashKey: String(2n ** 127n), EndingHashKey: String(2n ** 128n - 1n) },
    ]);
  });

  it("says how a stream's capacity was asked for", async () => {
    const details = { StreamModeDetails: { StreamMode: "ON_DEMAND" } };
    await call("CreateStream", { StreamName: "any", ...details });
    await call("CreateStream", { StreamName: "fixed", ShardCount: 1 });
    const described = async (StreamName: string) => {
      const { output } = await call("DescribeStreamSummary", { StreamName });
      const { StreamModeDetails, OpenShardCount } = output.StreamDescriptionSummary;
      return [StreamModeDetails.StreamMode, OpenShardCount];
    };
    expect(await described("any")).to.deep.equal(["ON_DEMAND", 4]);
    expect(await described("fixed")).to.deep.equal(["PROVISIONED", 1]);
  });

  it("lists streams and shards page by page", async () => {
    streams.create("audit", { shardCount: 1 });
    const { output: first } = await call("ListStreams", { Limit: 1 });
    expect(first).to.deep.include({ StreamNames: ["audit"], HasMoreStreams: true });
    const { output: rest } = await call("ListStreams", { NextToken: first.NextToken });
    expect(rest).to.deep.equal({ StreamNames: ["clicks"], HasMoreStreams: false });
    const ids = (shards: { ShardId: string }[]) => shards.map(({ ShardId }) => ShardId);
    const { output: some } = await call("ListShards", { StreamName: "clicks", MaxResults: 1 });
    expect(ids(some.Shards)).to.deep.equal(["shardId-000000000000"]);
    const { output: others } = await call("ListShards", { NextToken: some.NextToken });
    expect(ids(others.Shards)).to.deep.equal(["shardId-000000000001"]);
    expect(others).not.to.have.property("NextToken");
    const after = { StreamName: "clicks", ExclusiveStartShardId: "shardId-000000000000" };
    const { output: described } = await call("DescribeStream", after);
    expect(ids(described.StreamDescription.Shards)).to.deep.equal(["shardId-000000000001"]);
    const { output: partly } = await call("DescribeStream", { StreamName: "clicks", Limit: 1 });
    expect(partly.StreamDescription).to.include({ HasMoreShards: true });
    const { output: wrong } = await call("ListShards", { NextToken: "x" });
    expect(wrong.__type).to.include("InvalidArgumentException");
  });

  it("rejects a sequence number that is none", async () => {
    const { status, output } = await call("GetShardIterator", {
      StreamName: "clicks",
      ShardId: "shardId-000000000000",
      ShardIteratorType: "AT_SEQUENCE_NUMBER",
      StartingSequenceNumber: "first",
    });
    expect([status, output.__type]).to.deep.equal([
      400,
      "com.amazonaws.kinesis.v20131202#ValidationException",
    ]);
  });

  it("rejects a shard that the stream does not have", async () => {
    const { output } = await call("GetShardIterator", {
      StreamName: "clicks",
      ShardId: "shardId-000000000002",
      ShardIteratorType: "LATEST",
    });
    expect(output).to.deep.equal({
      __type: "com.amazonaws.kinesis.v20131202#ResourceNotFoundException",
      message:
        "Shard shardId-000000000002 in stream clicks under account 000000000000 does not exist",
    });
  });

  it("rejects a stream that does not exist, and a caller without permission", async () => {
    const record = { Data: base64("x"), PartitionKey: "a" };
    const missing = await call("PutRecord", { ...record, StreamName: "none" });
    expect([missing.status, missing.output.__type]).to.deep.equal([
      400,
      "com.amazonaws.kinesis.v20131202#ResourceNotFoundException",
    ]);
    authorize = () => ({ allowed: false, reason: "No statement allows it." });
    const denied = await call("PutRecord", { ...record, StreamName: "clicks" });
    expect(denied.output).to.deep.equal({
      __type: "com.amazonaws.kinesis.v20131202#AccessDeniedException",
      message: `User: arn:aws:iam::000000000000:root is not authorized to perform: kinesis:PutRecord on resource: ${streamArn}. No statement allows it.`,
    });
    const unlisted = await call("ListStreams", {});
    expect(unlisted.output.__type).to.include("AccessDeniedException");
  });
});
