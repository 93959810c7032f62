import { expect } from "chai";
import { AwsError } from "../../../../../local/protocol/awsError.ts";
import { awsErrorOf } from "../../../../harness/cloud/awsErrors.ts";
import { bodies, inGroup, makeQueues, message } from "../../../../harness/cloud/queues.ts";

describe("sending a batch", () => {
  it("sends the good messages and tells of the bad ones, each in its place", () => {
    const { queues } = makeQueues();
    const { arn } = queues.create("work", { MaximumMessageSize: "1024" });
    const outcomes = queues.sendBatch(arn, [
      message("1"),
      message("\u0001"),
      message("x".repeat(1025)),
      message("2"),
    ]);
    const codes = outcomes.map((outcome) =>
      outcome instanceof AwsError ? outcome.queryCode : outcome.md5OfBody.length,
    );
    expect(codes).to.deep.equal([32, "InvalidMessageContents", "InvalidParameterValue", 32]);
    expect(outcomes[2])
      .to.be.instanceOf(AwsError)
      .with.property(
        "message",
        "One or more parameters cannot be validated. Reason: Message must be shorter than 1024 bytes.",
      );
    expect(bodies(queues.receiveNow(arn, { maxMessages: 10 }))).to.deep.equal(["1", "2"]);
  });

  it("keeps the order of a FIFO batch, and drops what it repeats", () => {
    const { queues } = makeQueues();
    const { arn } = queues.create("orders.fifo", { FifoQueue: "true" });
    const batch = ["1", "2", "1", "3"].map((body) => inGroup("a", body));
    const ids = queues.sendBatch(arn, batch).map((outcome) => {
      return outcome instanceof AwsError ? outcome.message : outcome.messageId;
    });
    expect(ids[2]).to.equal(ids[0]);
    expect(bodies(queues.receiveNow(arn, { maxMessages: 10 }))).to.deep.equal(["1", "2", "3"]);
  });

  for (const [missing, text] of [
    ["groupId", "The request must contain the parameter MessageGroupId."],
    [
      "deduplicationId",
      "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
    ],
  ] as const) {
    it(`refuses a FIFO batch as a whole when one message has no ${missing}`, () => {
      const { queues } = makeQueues();
      const { arn } = queues.create("orders.fifo", { FifoQueue: "true" });
      const batch = [inGroup("a", "1"), inGroup("a", "2", { [missing]: undefined })];
      expect(awsErrorOf(() => queues.sendBatch(arn, batch))).to.deep.equal({
        code: "InvalidParameterValue",
        message: text,
      });
      expect(queues.counts(arn).visible).to.equal(0);
    });
  }
});
