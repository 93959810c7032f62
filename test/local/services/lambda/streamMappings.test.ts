import { expect } from "chai";
import { AwsError } from "../../../../local/protocol/awsError.ts";
import { Streams } from "../../../../local/services/kinesis/streams.ts";
import type { Functions } from "../../../../local/services/lambda/functions.ts";
import type { InvocationResult } from "../../../../local/services/lambda/interface.ts";
import type { StreamMappingDefinition } from "../../../../local/services/lambda/streamMappings/streamMapping.ts";
import { StreamMappings } from "../../../../local/services/lambda/streamMappings/streamMappings.ts";
import type { NewObject } from "../../../../local/services/s3/interface.ts";
import { ManualClock } from "../../../../local/time/manualClock.ts";
import { Trace } from "../../../../local/trace/trace.ts";
import { functionOf, roleArn, startLambda } from "../../../harness/cloud/lambda.ts";

const onFailureArn = "arn:aws:sqs:eu-west-1:000000000000:failed";

describe("a function that works on a stream", () => {
  let clock: ManualClock;
  let streams: Streams;
  let mappings: StreamMappings;
  let functions: Functions;
  let sent: { queueArn: string; message: { body: string } }[];
  let stored: NewObject[];
  let functionArn: string;
  let streamArn: string;
  /** The data of each batch that was tried. */
  let batches: string[][];
  let events: object[];
  let sending: () => void;
  let trace: Trace;
  let answer: (data: readonly string[], numbers: readonly string[]) => unknown;

  beforeEach(() => {
    clock = new ManualClock();
    trace = new Trace(clock);
    sending = () => {};
    const lambda = startLambda({ clock, trace });
    ({ functions, sent, stored } = lambda);
    streams = new Streams({ clock, region: "eu-west-1", trace });
    ({ arn: streamArn } = streams.create("clicks", { shardCount: 1 }));
    ({ arn: functionArn } = functions.create(functionOf("export const handler = () => {}")));
    batches = [];
    events = [];
    answer = () => null;
    functions.invoke = async (_arn, event): Promise<InvocationResult> => {
      const parsed = JSON.parse(event);
      events.push(parsed);
      const records: { kinesis: { data: string; sequenceNumber: string } }[] = parsed.Records;
      const data = records.map(({ kinesis }) => Buffer.from(kinesis.data, "base64").toString());
      batches.push(data);
      const numbers = records.map(({ kinesis }) => kinesis.sequenceNumber);
      const base = { requestId: "i", log: "", milliseconds: 1 };
      try {
        const payload = JSON.stringify(answer(data, numbers));
        return { outcome: "succeeded", payload, ...base };
      } catch (error) {
        return {
          outcome: "failed",
          error: { errorType: "Error", errorMessage: `${error}` },
          ...base,
        };
      }
    };
    mappings = new StreamMappings({
      clock,
      trace,
      region: "eu-west-1",
      streams: { kinesis: streams },
      functions,
      authorize: () => ({ allowed: true }),
      queues: {
        send(queueArn, message) {
          sending();
          sent.push({ queueArn, message });
          return { messageId: "m", md5OfBody: "" };
        },
      },
      topics: { publish: () => ({ messageId: "p" }) },
    });
  });

  afterEach(async () => {
    mappings.close();
    await functions.close();
  });

  function map(changes: Partial<StreamMappingDefinition> = {}): void {
    mappings.create({
      uuid: "m-1",
      functionArn,
      streamArn,
      start: { position: "TRIM_HORIZON" },
      batchSize: 100,
      windowSeconds: 0,
      reportBatchItemFailures: false,
      bisectOnError: false,
      maximumRetryAttempts: -1,
      maximumRecordAgeSeconds: -1,
      filters: [],
      enabled: true,
      ...changes,
    });
  }

  function put(...texts: string[]): void {
    for (const text of texts) {
      streams.put("clicks", { partitionKey: "k", data: Buffer.from(text) }, "test");
    }
  }

  const settle = () => clock.advance(0);

  it("gets each record once, in order, in the event of Kinesis", async () => {
    map();
    put("one");
    await settle();
    put("two", "three");
    await settle();
    expect(batches.flat()).to.deep.equal(["one", "two", "three"]);
    const { sequenceNumber } = streams.read("clicks", "shardId-000000000000", "", 1)[0] ?? {};
    expect(events[0]).to.deep.equal({
      Records: [
        {
          kinesis: {
            kinesisSchemaVersion: "1.0",
            partitionKey: "k",
            sequenceNumber,
            data: Buffer.from("one").toString("base64"),
            approximateArrivalTimestamp: clock.now() / 1000,
          },
          eventSource: "aws:kinesis",
          eventVersion: "1.0",
          eventID: `shardId-000000000000:${sequenceNumber}`,
          eventName: "aws:kinesis:record",
          invokeIdentityArn: roleArn,
          awsRegion: "eu-west-1",
          eventSourceARN: streamArn,
        },
      ],
    });
  });

  it("begins with what was there before, or only with what comes", async () => {
    put("old");
    map({ start: { position: "LATEST" } });
    put("new");
    await settle();
    expect(batches).to.deep.equal([["new"]]);
    mappings.delete("m-1");
    map({ uuid: "m-2" });
    await settle();
    expect(batches).to.deep.equal([["new"], ["old", "new"]]);
  });

  it("gets no more than its batch size at a time, and waits for its window", async () => {
    map({ batchSize: 2, windowSeconds: 5 });
    put("1");
    await clock.advance(4_999);
    expect(batches).to.deep.equal([]);
    await clock.advance(1);
    expect(batches).to.deep.equal([["1"]]);
    put("2", "3", "4");
    await settle();
    expect(batches.flat()).to.deep.equal(["1", "2", "3", "4"]);
    expect(batches.every((batch) => batch.length <= 2)).to.equal(true);
  });

  it("is given a failed batch again, before anything that came later", async () => {
    let failures = 2;
    answer = () => {
      if (failures-- > 0) throw new Error("no desk");
      return null;
    };
    map();
    put("1");
    await settle();
    put("2");
    await clock.advance(1_000);
    expect(batches).to.deep.equal([["1"], ["1"]]);
    await clock.advance(2_000);
    expect(batches).to.deep.equal([["1"], ["1"], ["1"], ["2"]]);
  });

  it("loses a batch to its destination after its last retry", async () => {
    answer = (data) => {
      if (data.includes("bad")) throw new Error("no desk");
      return null;
    };
    map({ maximumRetryAttempts: 1, onFailureArn, start: { position: "LATEST" } });
    put("bad");
    await settle();
    put("good");
    await clock.advance(1_000);
    expect(batches).to.deep.equal([["bad"], ["bad"], ["good"]]);
    expect(sent.map(({ queueArn }) => queueArn)).to.deep.equal([onFailureArn]);
    const record = JSON.parse(sent[0]?.message.body ?? "");
    expect(record.requestContext).to.include({
      functionArn,
      condition: "RetryAttemptsExhausted",
      approximateInvokeCount: 2,
    });
    expect(record.responseContext.functionError).to.equal("Unhandled");
    expect(record.KinesisBatchInfo).to.include({
      shardId: "shardId-000000000000",
      batchSize: 1,
      streamArn,
    });
  });

  it("loses a batch to a bucket, which also gets the batch itself", async () => {
    answer = () => {
      throw new Error("no");
    };
    map({ maximumRetryAttempts: 0, onFailureArn: "arn:aws:s3:::failures" });
    put("bad");
    await settle();
    const [object] = stored;
    expect(object?.bucketArn).to.equal("arn:aws:s3:::failures");
    expect(object?.key).to.match(
      /^aws\/lambda\/m-1\/shardId-000000000000\/2026\/01\/01\/2026-01-01T00\.00\.\d\d-[\da-f-]{36}$/,
    );
    const { payload, ...record } = JSON.parse(object?.bytes.toString() ?? "");
    expect(JSON.parse(payload)).to.deep.equal(events[0]);
    expect(record.KinesisBatchInfo).to.include({ batchSize: 1, streamArn });
    expect(sent).to.deep.equal([]);
  });

  it("is not mapped with a destination that takes no batches", () => {
    expect(() => map({ onFailureArn: functionArn })).to.throw(
      "must be a standard SQS queue, a standard SNS topic or an S3 bucket",
    );
  });

  it("loses a batch that is too old, without a word of the function's answer", async () => {
    answer = () => {
      throw new Error("no");
    };
    map({ maximumRecordAgeSeconds: 60, onFailureArn });
    put("old");
    await clock.advance(120_000);
    const { requestContext, ...record } = JSON.parse(sent[0]?.message.body ?? "");
    expect(requestContext.condition).to.equal("RecordAgeExceeded");
    expect(record).not.to.have.property("responseContext");
  });

  it("does not get records that are too old already, and gets what came after them", async () => {
    put("old");
    await clock.advance(60_000);
    put("young");
    map({ maximumRecordAgeSeconds: 60, maximumRetryAttempts: 0, onFailureArn });
    await settle();
    expect(batches).to.deep.equal([["young"]]);
    const { requestContext, KinesisBatchInfo } = JSON.parse(sent[0]?.message.body ?? "");
    expect(requestContext).to.include({
      condition: "RecordAgeExceeded",
      approximateInvokeCount: 1,
    });
    expect(KinesisBatchInfo.batchSize).to.equal(1);
  });

  it("goes on where it was after a change, and waits while it is disabled", async () => {
    map();
    put("a");
    await settle();
    mappings.update("m-1", { enabled: false });
    put("b");
    await settle();
    const whileDisabled = batches.flat();
    mappings.update("m-1", { enabled: true, batchSize: 1 });
    put("c");
    await settle();
    expect(whileDisabled).to.deep.equal(["a"]);
    expect(batches).to.deep.equal([["a"], ["b"], ["c"]]);
  });

  it("is no function error where it reports the batch as failed", async () => {
    answer = (_data, numbers) => ({ batchItemFailures: [{ itemIdentifier: numbers[0] }] });
    map({ maximumRetryAttempts: 0, reportBatchItemFailures: true, onFailureArn });
    put("bad");
    await settle();
    const { responseContext } = JSON.parse(sent[0]?.message.body ?? "");
    expect(responseContext.functionError).to.equal(null);
  });

  it("is mapped to a stream once", () => {
    map();
    expect(() => map({ uuid: "m-2" })).to.throw("already exists. Please update or delete");
  });

  it("loses a batch whose destination is gone, and goes on with what comes later", async () => {
    sending = () => {
      throw new AwsError("QueueDoesNotExist", "The specified queue does not exist.");
    };
    answer = ([first]) => {
      if (first === "bad") throw new Error("no");
    };
    map({ maximumRetryAttempts: 0, batchSize: 1, onFailureArn });
    put("bad", "good");
    await settle();
    expect(batches).to.deep.equal([["bad"], ["good"]]);
    const reasons = trace.recent().flatMap((hop) => (hop.kind === "dropped" ? [hop.reason] : []));
    expect(reasons).to.deep.equal([
      `given up after 1 attempts: Error: no; ${onFailureArn} did not take it: The specified queue does not exist.`,
    ]);
  });

  it("is tried again when it is deleted, until there is one of its name", async () => {
    map();
    functions.delete(functionArn);
    put("one");
    await settle();
    expect(batches).to.deep.equal([]);
    functions.create(functionOf("export const handler = () => {}"));
    await clock.advance(60_000);
    expect(batches).to.deep.equal([["one"]]);
  });

  it("is given the halves of a failed batch where the mapping says so", async () => {
    answer = (data) => {
      if (data.includes("bad")) throw new Error("no desk");
      return null;
    };
    put("1", "bad", "3", "4");
    map({ bisectOnError: true, maximumRetryAttempts: 3, onFailureArn });
    await clock.advance(10_000);
    expect(batches).to.deep.equal([
      ["1", "bad", "3", "4"],
      ["1", "bad"],
      ["1"],
      ["bad"],
      ["bad"],
      ["3", "4"],
    ]);
    expect(sent).to.have.lengthOf(1);
  });

  it("is given again all from the first record that it reports as failed", async () => {
    let first = true;
    answer = (_data, numbers) => {
      if (!first) return { batchItemFailures: [] };
      first = false;
      return { batchItemFailures: [{ itemIdentifier: numbers[1] }] };
    };
    put("1", "2", "3");
    map({ reportBatchItemFailures: true });
    await clock.advance(1_000);
    expect(batches).to.deep.equal([
      ["1", "2", "3"],
      ["2", "3"],
    ]);
  });

  it("gets the records only whose data match a filter", async () => {
    const filters = [JSON.stringify({ data: { kind: ["order"] } })];
    put('{"kind":"order"}', '{"kind":"mail"}', "text");
    map({ filters });
    await settle();
    expect(batches).to.deep.equal([['{"kind":"order"}']]);
    const ofQueues = [JSON.stringify({ body: { kind: ["order"] } })];
    expect(() => map({ uuid: "m-2", filters: ofQueues })).to.throw(
      'filters on records of kinesis may only use "data"',
    );
  });

  for (const [changes, message] of [
    [{ batchSize: 0 }, "'0' at 'batchSize'"],
    [{ batchSize: 10_001 }, "'10001' at 'batchSize'"],
    [{ windowSeconds: 301 }, "'301' at 'maximumBatchingWindowInSeconds'"],
    [{ maximumRetryAttempts: -2 }, "'-2' at 'maximumRetryAttempts'"],
    [{ parallelizationFactor: 11 }, "'11' at 'parallelizationFactor'"],
    [{ maximumRecordAgeSeconds: 59 }, "'59' at 'maximumRecordAgeInSeconds'"],
  ] as const) {
    it(`rejects ${JSON.stringify(changes)}`, () => {
      expect(() => map(changes))
        .to.throw(`Value ${message}`)
        .with.property("code", "ValidationException");
      expect(mappings.list()).to.deep.equal([]);
    });
  }

  it("is not created when its role may not read the stream", () => {
    const denied = new StreamMappings({
      ...{ clock, functions, region: "eu-west-1", trace: new Trace(clock) },
      streams: { kinesis: streams },
      authorize: ({ action }) =>
        action === "kinesis:GetRecords"
          ? { allowed: false, reason: "no statement allows it" }
          : { allowed: true },
      queues: { send: () => ({ messageId: "", md5OfBody: "" }) },
      topics: { publish: () => ({ messageId: "" }) },
    });
    mappings = denied;
    expect(() => map()).to.throw(`Cannot access stream ${streamArn}. Please ensure the role can`);
  });
});
