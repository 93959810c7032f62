import { gunzipSync } from "node:zlib";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { DeleteMessageBatchCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import type { Context } from "aws-lambda";
import { expect } from "chai";
import type { Archived } from "../../../handlers/applicationLogs/archive.ts";
import { failureOf } from "../../harness/assertions/failure.ts";
import { useEnvironment } from "../../harness/handlers/environment.ts";
import { lambdaContext, runHandler } from "../../harness/handlers/handlerRun.ts";
import { ObjectStore } from "../../harness/handlers/objectStore.ts";
import { SdkCalls } from "../../harness/handlers/sdkCalls.ts";

describe("the archiver of logs", () => {
  useEnvironment(() => ({ QUEUE_URL: "https://queue", ARCHIVE_BUCKET: "archive" }));

  let handler: (event: unknown, context: Context) => Promise<Archived>;
  let calls: SdkCalls;
  let buckets: ObjectStore;
  /** What can be received: entry n is message `m-n`, which the queue got in second n. */
  let waiting: number[];
  let deleted: string[];

  before(async () => {
    ({ handler } = await import("../../../handlers/applicationLogs/archive.ts"));
  });

  beforeEach(() => {
    waiting = [];
    deleted = [];
    calls = new SdkCalls();
    buckets = new ObjectStore(calls);
    calls
      .on(ReceiveMessageCommand, ({ MaxNumberOfMessages = 1 }) => ({
        Messages: waiting.splice(0, MaxNumberOfMessages).map((number) => ({
          MessageId: `m-${number}`,
          ReceiptHandle: `handle-${number}`,
          Body: `entry ${number}`,
          Attributes: { SentTimestamp: String(Date.UTC(2026, 0, 31) + 1000 * number) },
        })),
      }))
      .on(DeleteMessageBatchCommand, ({ Entries = [] }) => {
        deleted.push(...Entries.map(({ ReceiptHandle = "" }) => ReceiptHandle));
        return { Successful: [], Failed: [] };
      });
    calls.start();
  });

  afterEach(() => calls.stop());

  const fill = (count: number) => {
    waiting = Array.from({ length: count }, (_, index) => index);
  };

  const run = async () => (await runHandler(handler, {})).result;

  const entriesIn = (key: string): string[] => {
    const bytes = buckets.get("archive", key)?.bytes ?? Buffer.alloc(0);
    const lines = gunzipSync(bytes).toString("utf8").trimEnd().split("\n");
    return lines.map((line) => JSON.parse(line).entry);
  };

  it("writes what is in the queue as one object, and deletes it from the queue", async () => {
    fill(23);
    const { messages, objects } = await run();
    expect(messages).to.equal(23);
    expect(buckets.keys("archive")).to.deep.equal(objects);
    const [key = "", ...others] = objects;
    expect(others).to.deep.equal([]);
    expect(entriesIn(key)).to.deep.equal(
      Array.from({ length: 23 }, (_, index) => `entry ${index}`),
    );
    expect(deleted).to.have.length(23);
  });

  it("writes nothing when the queue is empty", async () => {
    expect(await run()).to.deep.equal({ messages: 0, objects: [] });
    expect(calls.of(PutObjectCommand)).to.deep.equal([]);
  });

  it("writes a backlog as several objects, each of a thousand messages at most", async () => {
    fill(2500);
    const { messages, objects } = await run();
    expect(messages).to.equal(2500);
    expect(objects.map((key) => entriesIn(key).length)).to.deep.equal([1000, 1000, 500]);
  });

  it("deletes only what is written: a failed write leaves all of it in the queue", async () => {
    fill(3);
    calls.on(PutObjectCommand, () => {
      throw new Error("S3 is away");
    });
    expect((await failureOf(run())).message).to.equal("S3 is away");
    expect(deleted).to.deep.equal([]);
  });

  it("fails when SQS keeps a message, which then comes again", async () => {
    fill(3);
    calls.on(DeleteMessageBatchCommand, () => ({
      Successful: [],
      Failed: [{ Id: "1", Code: "InternalError", SenderFault: false }],
    }));
    expect((await failureOf(run())).message).to.equal("1 of 3 messages could not be deleted");
    expect(buckets.keys("archive")).to.have.length(1);
  });

  it("stops pulling while there is time to write", async () => {
    fill(100);
    const times = [60_000, 60_000, 5000];
    const context = {
      ...lambdaContext(),
      getRemainingTimeInMillis: () => times.shift() ?? 5000,
    };
    const { messages } = await handler({}, context);
    expect(messages).to.equal(20);
    expect(deleted).to.have.length(20);
    expect(waiting).to.have.length(80);
  });
});
