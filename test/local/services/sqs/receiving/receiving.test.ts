import { expect } from "chai";
import { shuffledDelivery } from "../../../../../local/services/sqs/receiving/standardDelivery.ts";
import { awsErrorOf } from "../../../../harness/cloud/awsErrors.ts";
import { bodies, inGroup, makeQueues, message } from "../../../../harness/cloud/queues.ts";

const all = { maxMessages: 10 };

describe("receiving", () => {
  it("gives the message as it was sent, with what SQS knows of it", async () => {
    const { queues, clock } = makeQueues();
    const { arn } = queues.create("work");
    const sentAt = clock.now();
    const traceHeader = "Root=1-5759e988-bd862e3fe1be46a994272793";
    const attributes = { n: { dataType: "Number", stringValue: "1" } };
    const { messageId } = queues.send(
      arn,
      message("body", { attributes, traceHeader, senderId: "AIDA", event: "upload" }),
    );
    await clock.advance(1500);
    const [received] = queues.receiveNow(arn, all);
    expect(received).to.deep.include({ messageId, body: "body", attributes, event: "upload" });
    expect(received?.md5OfBody).to.equal("841a2d689ad86bd1611447453c22c6fc");
    expect(received?.systemAttributes).to.deep.equal({
      SenderId: "AIDA",
      SentTimestamp: String(sentAt),
      ApproximateReceiveCount: "1",
      ApproximateFirstReceiveTimestamp: String(sentAt + 1500),
      AWSTraceHeader: traceHeader,
    });
  });

  it("gives a message without attributes none, and no digest of them", () => {
    const { queues } = makeQueues();
    const { arn } = queues.create("work");
    queues.send(arn, message("x"));
    const [received] = queues.receiveNow(arn, all);
    expect(received?.attributes).to.deep.equal({});
    expect(received?.md5OfAttributes).to.equal(undefined);
  });

  it("gives a FIFO message its group, ids and number", () => {
    const { queues } = makeQueues();
    const { arn } = queues.create("orders.fifo", { FifoQueue: "true" });
    const { sequenceNumber } = queues.send(arn, inGroup("a", "1", { deduplicationId: "id" }));
    const [received] = queues.receiveNow(arn, all);
    expect(received?.systemAttributes).to.include({
      MessageGroupId: "a",
      MessageDeduplicationId: "id",
      SequenceNumber: sequenceNumber,
    });
  });

  it("hands out no more than asked for, and the rest next time", () => {
    const { queues } = makeQueues();
    const { arn } = queues.create("work");
    for (let number = 1; number <= 5; number++) queues.send(arn, message(String(number)));
    expect(bodies(queues.receiveNow(arn, { maxMessages: 2 }))).to.deep.equal(["1", "2"]);
    expect(bodies(queues.receiveNow(arn, { maxMessages: 10 }))).to.deep.equal(["3", "4", "5"]);
    expect(queues.receiveNow(arn, all)).to.deep.equal([]);
  });

  it("does not mix queues", () => {
    const { queues } = makeQueues();
    const [first, second] = ["one", "two"].map((name) => queues.create(name).arn);
    queues.send(first ?? "", message("x"));
    expect(queues.receiveNow(second ?? "", all)).to.deep.equal([]);
    expect(queues.receiveNow(first ?? "", all)).to.have.length(1);
  });

  it("drops messages at the end of their retention, in flight or not", async () => {
    const { queues, clock } = makeQueues();
    const attributes = { MessageRetentionPeriod: "60", VisibilityTimeout: "60" };
    const { arn } = queues.create("work", attributes);
    queues.send(arn, message("1"));
    queues.send(arn, message("2"));
    await clock.advance(5000);
    const [first] = queues.receiveNow(arn, { maxMessages: 1 });
    await clock.advance(54_999);
    expect(queues.counts(arn)).to.deep.equal({
      visible: 1,
      inFlight: 1,
      delayed: 0,
      oldestAgeSeconds: 59,
    });
    await clock.advance(1);
    expect(queues.receiveNow(arn, all)).to.deep.equal([]);
    await clock.advance(60_000);
    expect(queues.receiveNow(arn, all)).to.deep.equal([]);
    queues.deleteMessage(arn, first?.receiptHandle ?? "");
  });

  it("drops the messages that a shorter retention makes too old", async () => {
    const { queues, clock } = makeQueues();
    const { arn } = queues.create("work");
    queues.send(arn, message("old"));
    await clock.advance(120_000);
    queues.send(arn, message("new"));
    queues.setAttributes(arn, { MessageRetentionPeriod: "60" });
    expect(bodies(queues.receiveNow(arn, all))).to.deep.equal(["new"]);
  });

  it("frees a group whose message in flight reached the end of its retention", async () => {
    const { queues, clock } = makeQueues();
    const attributes = {
      FifoQueue: "true",
      MessageRetentionPeriod: "60",
      VisibilityTimeout: "600",
    };
    const { arn } = queues.create("orders.fifo", attributes);
    queues.send(arn, inGroup("a", "1"));
    await clock.advance(30_000);
    queues.send(arn, inGroup("a", "2"));
    queues.receiveNow(arn, { maxMessages: 1 });
    await clock.advance(30_000);
    expect(bodies(queues.receiveNow(arn, all))).to.deep.equal(["2"]);
  });

  it("refuses a visibility timeout out of range", () => {
    const { queues } = makeQueues();
    const { arn } = queues.create("work");
    for (const seconds of [-1, 43_201]) {
      const receive = () =>
        queues.receiveNow(arn, { maxMessages: 1, visibilityTimeoutSeconds: seconds });
      expect(awsErrorOf(receive).message).to.equal(
        `Value ${seconds} for parameter VisibilityTimeout is invalid. Reason: Must be >= 0 and <= 43200, if provided.`,
      );
    }
  });

  describe("in standardDelivery", () => {
    it("shuffles a standard queue and repeats one message in twenty, but loses none", async () => {
      let seed = 1;
      const random = () => {
        seed = (seed * 48_271) % 2_147_483_647;
        return seed / 2_147_483_647;
      };
      const { queues } = makeQueues({ standardDelivery: shuffledDelivery(random) });
      const { arn } = queues.create("work");
      const sent = Array.from({ length: 200 }, (_, number) => String(number));
      for (const body of sent) queues.send(arn, message(body));
      const received: string[] = [];
      for (let batch = queues.receiveNow(arn, all); batch.length > 0; ) {
        expect(batch.length).to.be.at.most(10);
        received.push(...bodies(batch));
        batch = queues.receiveNow(arn, all);
      }
      expect(received.length).to.be.within(205, 220);
      expect(new Set(received)).to.deep.equal(new Set(sent));
    });

    it("returns any of the next hundred messages", () => {
      // The later a message was sent, the earlier it comes; none is repeated.
      let number = 1;
      const random = () => 1 - number++ / 1000;
      const { queues } = makeQueues({ standardDelivery: shuffledDelivery(random) });
      const { arn } = queues.create("work");
      for (let index = 0; index < 200; index++) queues.send(arn, message(String(index)));
      expect(bodies(queues.receiveNow(arn, { maxMessages: 3 }))).to.deep.equal(["99", "98", "97"]);
    });

    it("leaves FIFO queues alone", () => {
      const { queues } = makeQueues({ standardDelivery: shuffledDelivery(() => 0) });
      const { arn } = queues.create("orders.fifo", { FifoQueue: "true" });
      for (const body of ["1", "2", "3"]) queues.send(arn, inGroup("a", body));
      expect(bodies(queues.receiveNow(arn, all))).to.deep.equal(["1", "2", "3"]);
      expect(queues.receiveNow(arn, all)).to.deep.equal([]);
    });
  });
});
