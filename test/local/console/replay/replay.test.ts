import { expect } from "chai";
import type { QueueView } from "../../../../local/console/api/types.ts";
import { type ConsoleClient, consoleClient } from "../../../harness/runs/consoleApi.ts";
import { startTestRun, type TestRun } from "../../../harness/runs/localRun.ts";

const arn = (service: string, name: string) => `arn:aws:${service}:eu-west-1:000000000000:${name}`;

/** Lets a topic send to a queue. */
function policyFor(queueArn: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "sns.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: queueArn,
      },
    ],
  });
}

describe("replaying what a topic could not deliver", () => {
  let test: TestRun;
  let api: ConsoleClient;

  beforeEach(async () => {
    test = await startTestRun(["orders"]);
    api = consoleClient(test);
  });
  afterEach(() => test.close());

  const queue = async (queueArn: string) =>
    (await api.get("queue", { arn: queueArn })).body as QueueView;

  /** A queue that its topic may not send to, and one that keeps what it misses. */
  function misdelivered(raw: boolean, protocol = "sqs", endpoint = arn("sqs", "target")) {
    const { queues, topics } = test.run.cloud;
    const undelivered = arn("sqs", "undelivered");
    if (protocol === "sqs") queues.create("target");
    queues.create("undelivered", { Policy: policyFor(undelivered) });
    const topic = topics.create("by-hand");
    topics.subscribe(topic.arn, protocol, endpoint, {
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: undelivered }),
      ...(raw && { RawMessageDelivery: "true" }),
    });
    return { topicArn: topic.arn, target: endpoint, undelivered };
  }

  for (const raw of [true, false]) {
    it(`brings a queue the message as it would have got it, ${raw ? "raw" : "in its envelope"}, as part of its event`, async () => {
      const { topicArn, target, undelivered } = misdelivered(raw);
      const published = await api.post("publish", {
        topicArn,
        message: "hello",
        attributes: { colour: "red" },
      });
      await test.settle();
      const { messages, replay } = await queue(undelivered);
      expect(messages).to.have.lengthOf(1);
      expect(replay).to.deep.equal({ possible: true, to: target });

      const replayed = await api.post("replay", { queueArn: undelivered });
      expect(replayed).to.deep.equal({ status: 200, body: { count: 1 } });
      expect((await queue(undelivered)).messages).to.deep.equal([]);
      const [brought] = (await queue(target)).messages;
      expect(brought?.body).to.equal(messages[0]?.body);
      expect(brought?.event).to.equal((published.body as { event: string }).event);
      expect(raw ? brought?.body : JSON.parse(brought?.body ?? "").Message).to.equal("hello");
      expect(brought?.attributes).to.deep.equal(
        raw ? { colour: { dataType: "String", text: "red" } } : {},
      );
    });
  }

  it("invokes a function with the event that it would have had", async () => {
    const target = arn("lambda", "function:orders-notification");
    const { topicArn, undelivered } = misdelivered(false, "lambda", target);
    await api.post("publish", { topicArn, message: "hello" });
    await test.settle();
    expect((await queue(undelivered)).replay).to.deep.equal({ possible: true, to: target });
    const events: string[] = [];
    const { functions } = test.run.cloud;
    const invoke = functions.invoke.bind(functions);
    functions.invoke = (name, event, options) => {
      events.push(event);
      return invoke(name, event, options);
    };
    await api.post("replay", { queueArn: undelivered });
    await test.settle();
    const [record] = JSON.parse(events[0] ?? "{}").Records;
    expect(record).to.include({ EventSource: "aws:sns" });
    expect(record.Sns).to.include({ Message: "hello", TopicArn: topicArn, Subject: null });
    expect((await queue(undelivered)).messages).to.deep.equal([]);
  });

  it("keeps a message that no receiver accepts", async () => {
    const { topicArn, target, undelivered } = misdelivered(false);
    await api.post("publish", { topicArn, message: "hello" });
    await test.settle();
    test.run.cloud.queues.setAttributes(target, { MaximumMessageSize: "1024" });
    const large = "x".repeat(2000);
    await api.post("publish", { topicArn, message: large });
    await test.settle();
    const answer = await api.post("replay", { queueArn: undelivered });
    expect(answer.status).to.equal(400);
    // The first was taken before the second was refused.
    expect((await queue(undelivered)).messages).to.have.lengthOf(1);
    expect((await queue(target)).messages).to.have.lengthOf(1);
  });

  it("is rejected if SQS itself can redrive the queue, or if there is no receiver", async () => {
    const letters = arn("sqs", "orders-inventory-dlq.fifo");
    for (const [queueArn, reason] of [
      [letters, "redrive them"],
      [arn("sqs", "orders-inventory.fifo"), "still to be handled"],
    ] as const) {
      const { replay } = await queue(queueArn);
      expect(replay.possible).to.equal(false);
      expect(JSON.stringify(replay)).to.contain(reason);
    }
    test.run.cloud.queues.create("alone");
    expect((await queue(arn("sqs", "alone"))).replay).to.deep.equal({
      possible: false,
      reason: "it belongs to no consumer",
    });
  });
});
