import { expect } from "chai";
import { AwsError } from "../../../../../local/protocol/awsError.ts";
import { makeQueues, message } from "../../../../harness/cloud/queues.ts";

const limit = 120_000;

describe("the limit of messages in flight", () => {
  it("is 120,000; deleting and returning messages makes room again", async () => {
    const { queues } = makeQueues();
    const { arn } = queues.create("work");
    const many = Array.from({ length: limit + 5 }, () => message("x"));
    queues.sendBatch(arn, many);
    const received = queues.receiveNow(arn, { maxMessages: limit - 2 });
    expect(received).to.have.length(limit - 2);
    expect(queues.receiveNow(arn, { maxMessages: 10 })).to.have.length(2);
    expect(queues.receiveNow(arn, { maxMessages: 10 })).to.deep.equal([]);
    const error = await queues.receive(arn, { maxMessages: 1 }).catch((reason) => reason);
    expect(error).to.be.instanceOf(AwsError).with.property("code", "OverLimit");
    const [first, second] = received;
    queues.deleteMessage(arn, first?.receiptHandle ?? "");
    queues.changeVisibility(arn, second?.receiptHandle ?? "", 0);
    expect(queues.receiveNow(arn, { maxMessages: 10 })).to.have.length(2);
  });
});
