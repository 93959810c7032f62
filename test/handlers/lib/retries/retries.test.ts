import { ChangeMessageVisibilityBatchCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { handleBatch } from "../../../../handlers/lib/batch.ts";
import { handleFifoBatch } from "../../../../handlers/lib/fifoBatch.ts";
import type { Message } from "../../../../handlers/lib/message.ts";
import { PermanentError } from "../../../../handlers/lib/permanentError.ts";
import { RetryError } from "../../../../handlers/lib/retries/retryError.ts";
import { useEnvironment } from "../../../harness/handlers/environment.ts";
import { runHandler } from "../../../harness/handlers/handlerRun.ts";
import { queueEvent } from "../../../harness/handlers/records.ts";
import { SdkCalls } from "../../../harness/handlers/sdkCalls.ts";

const queueUrl = "http://127.0.0.1/000000000000/queue";
const deadLetterQueueUrl = `${queueUrl}-dlq`;
/** Half of a delay is random, so that a delay without growth is 15 to 30. */
const backoff = { first: 30, factor: 1, maximum: 30, limit: 43_000 };

/** Fails as the body says: `later 90`, `never`, `fail`; anything else succeeds. */
async function recordHandler({ body }: Message) {
  const [word, seconds] = body.split(" ");
  if (word === "later") throw new RetryError("busy", { afterSeconds: Number(seconds) });
  if (word === "never") throw new PermanentError("malformed");
  if (word === "fail") throw new Error("no");
  return { outcome: "done" };
}

const failures = (...messageIds: string[]) => ({
  batchItemFailures: messageIds.map((itemIdentifier) => ({ itemIdentifier })),
});

describe("the handlers of a queue", () => {
  let calls: SdkCalls;

  beforeEach(() => {
    calls = new SdkCalls()
      .on(ChangeMessageVisibilityBatchCommand, () => ({ Successful: [], Failed: [] }))
      .on(SendMessageCommand, () => ({ MessageId: "letter-1" }));
    calls.start();
  });

  afterEach(() => calls.stop());

  /** Delays by receipt handle, in the order of the calls. */
  function delays(): [string | undefined, number | undefined][] {
    return calls
      .of(ChangeMessageVisibilityBatchCommand)
      .flatMap(({ Entries = [] }) => Entries)
      .map(({ ReceiptHandle, VisibilityTimeout }) => [ReceiptHandle, VisibilityTimeout]);
  }

  describe("without retries", () => {
    it("calls nothing, and reports failed messages", async () => {
      const event = queueEvent({ body: "fail", messageId: "1" }, { body: "never", messageId: "2" });
      const { result } = await runHandler(handleBatch(recordHandler), event);
      expect(result).to.deep.equal(failures("1", "2"));
      expect(calls.made).to.deep.equal([]);
    });

    it("logs that the delay of a RetryError has no effect", async () => {
      const event = queueEvent({ body: "later 90", messageId: "1" });
      const { log } = await runHandler(handleBatch(recordHandler), event);
      expect(log.at(-1)).to.include({
        message: "not delayed",
        messageId: "1",
        afterSeconds: 90,
        reason: "the consumer has no retries.backoff",
      });
    });
  });

  describe("with backoff", () => {
    useEnvironment(() => ({
      FANOUT_RETRIES: JSON.stringify({ queueUrl, backoff }),
      FANOUT_MAX_RECEIVE_COUNT: "5",
    }));

    it("delays failed messages, and only these", async () => {
      const event = queueEvent(
        { body: "fine", receiptHandle: "a" },
        { body: "fail", receiptHandle: "b", messageId: "b" },
        { body: "later 90", receiptHandle: "c", messageId: "c" },
        { body: "later 0", receiptHandle: "d", messageId: "d" },
      );
      const { result } = await runHandler(handleBatch(recordHandler, { parallel: false }), event);
      expect(result).to.deep.equal(failures("b", "c", "d"));
      const [growing, ...named] = delays();
      expect(growing?.[0]).to.equal("b");
      expect(growing?.[1]).to.be.within(15, 30);
      expect(named).to.deep.equal([
        ["c", 90],
        ["d", 0],
      ]);
      expect(calls.of(ChangeMessageVisibilityBatchCommand)).to.have.length(1);
      expect(calls.of(ChangeMessageVisibilityBatchCommand)[0]).to.include({ QueueUrl: queueUrl });
    });

    it("delays the messages of a large batch ten at a time", async () => {
      const records = Array.from({ length: 25 }, (_, index) => ({
        body: "later 60",
        receiptHandle: String(index),
      }));
      await runHandler(handleBatch(recordHandler), queueEvent(...records));
      const sizes = calls
        .of(ChangeMessageVisibilityBatchCommand)
        .map(({ Entries = [] }) => Entries.length);
      expect(sizes).to.deep.equal([10, 10, 5]);
    });

    it("does not delay a message at its last receive", async () => {
      const event = queueEvent({ body: "fail", receiptHandle: "a", receiveCount: 5 });
      await runHandler(handleBatch(recordHandler), event);
      expect(delays()).to.deep.equal([["a", 0]]);
    });

    it("retries permanent errors like others", async () => {
      const event = queueEvent({ body: "never", messageId: "1" });
      const { result } = await runHandler(handleBatch(recordHandler), event);
      expect(result).to.deep.equal(failures("1"));
      expect(calls.of(SendMessageCommand)).to.deep.equal([]);
    });

    it("reports the messages as failed when SQS rejects the delay, and logs it", async () => {
      calls.on(ChangeMessageVisibilityBatchCommand, () => ({
        Successful: [],
        Failed: [{ Id: "0", SenderFault: true, Code: "InvalidParameterValue", Message: "expired" }],
      }));
      const event = queueEvent({ body: "later 60", messageId: "1" });
      const { result, log } = await runHandler(handleBatch(recordHandler), event);
      expect(result).to.deep.equal(failures("1"));
      expect(log.at(-1)).to.include({
        level: "WARN",
        message: "not delayed",
        messageId: "1",
        afterSeconds: 60,
      });
    });

    it("reports the messages as failed when SQS cannot be reached, and logs it", async () => {
      calls.on(ChangeMessageVisibilityBatchCommand, () => {
        throw new Error("no network");
      });
      const event = queueEvent({ body: "later 60", messageId: "1" });
      const { result, log } = await runHandler(handleBatch(recordHandler), event);
      expect(result).to.deep.equal(failures("1"));
      expect(log.at(-1)).to.have.nested.property("error.message", "no network");
    });

    it("delays a whole FIFO group as long as its failed message, in order", async () => {
      const event = queueEvent(
        { body: "later 90", receiptHandle: "a1", messageId: "a1", groupId: "a" },
        { body: "fine", receiptHandle: "b1", messageId: "b1", groupId: "b" },
        { body: "fine", receiptHandle: "a2", messageId: "a2", groupId: "a" },
      );
      const { result } = await runHandler(handleFifoBatch(recordHandler), event);
      expect(result).to.deep.equal(failures("a1", "a2"));
      expect(delays()).to.deep.equal([
        ["a1", 90],
        ["a2", 90],
      ]);
    });
  });

  describe("that moves permanent errors to the dead-letter queue", () => {
    useEnvironment(() => ({ FANOUT_RETRIES: JSON.stringify({ deadLetterQueueUrl }) }));

    it("sends the message to the dead-letter queue with the reason, and does not report it", async () => {
      const event = queueEvent(
        {
          body: "never",
          messageId: "1",
          messageAttributes: {
            kind: { stringValue: "x", dataType: "String" },
            blob: { binaryValue: "AQI=", dataType: "Binary" },
          },
        },
        { body: "fail", messageId: "2" },
      );
      const { result, log } = await runHandler(handleBatch(recordHandler), event);
      expect(result).to.deep.equal(failures("2"));
      expect(calls.of(SendMessageCommand)).to.deep.equal([
        {
          QueueUrl: deadLetterQueueUrl,
          MessageBody: "never",
          MessageGroupId: undefined,
          MessageAttributes: {
            kind: { DataType: "String", StringValue: "x" },
            blob: { DataType: "Binary", BinaryValue: Buffer.from([1, 2]) },
            FailureReason: { DataType: "String", StringValue: "PermanentError: malformed" },
          },
        },
      ]);
      const moved = log.find(({ message }) => message === "moved to the dead-letter queue");
      expect(moved).to.include({ level: "WARN", messageId: "1", deadLetterId: "letter-1" });
    });

    it("leaves out the reason where a message has all attributes that SQS allows", async () => {
      const names = Array.from({ length: 10 }, (_, index) => `a${index}`);
      const messageAttributes = Object.fromEntries(
        names.map((name) => [name, { stringValue: "x", dataType: "String" as const }]),
      );
      await runHandler(
        handleBatch(recordHandler),
        queueEvent({ body: "never", messageAttributes }),
      );
      const [sent] = calls.of(SendMessageCommand);
      expect(Object.keys(sent?.MessageAttributes ?? {})).to.deep.equal(names);
    });

    it("reports the message as failed when it cannot be sent", async () => {
      calls.on(SendMessageCommand, () => {
        throw new Error("denied");
      });
      const event = queueEvent({ body: "never", messageId: "1" });
      const { result, log } = await runHandler(handleBatch(recordHandler), event);
      expect(result).to.deep.equal(failures("1"));
      expect(log.at(-1)).to.include({ message: "not moved to the dead-letter queue" });
    });

    it("continues with the group of a FIFO message, which keeps its group", async () => {
      const event = queueEvent(
        { body: "never", messageId: "a1", groupId: "a" },
        { body: "fine", messageId: "a2", groupId: "a" },
      );
      const { result } = await runHandler(handleFifoBatch(recordHandler), event);
      expect(result).to.deep.equal(failures());
      expect(calls.of(SendMessageCommand)[0]).to.include({
        MessageGroupId: "a",
        MessageDeduplicationId: "a1",
      });
    });
  });
});
