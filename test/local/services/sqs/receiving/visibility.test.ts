import { expect } from "chai";
import type { ReceivedMessage } from "../../../../../local/services/sqs/interface.ts";
import { awsErrorOf } from "../../../../harness/cloud/awsErrors.ts";
import { bodies, inGroup, makeQueues, message } from "../../../../harness/cloud/queues.ts";

const one = { maxMessages: 1 };

function makeWork(attributes: Record<string, string> = {}) {
  const cloud = makeQueues();
  const work = cloud.queues.create("work", attributes).arn;
  cloud.queues.send(work, message("x"));
  const receive = (seconds?: number): ReceivedMessage | undefined =>
    cloud.queues.receiveNow(work, { ...one, visibilityTimeoutSeconds: seconds })[0];
  const handle = (seconds?: number) => receive(seconds)?.receiptHandle ?? "";
  return { ...cloud, work, receive, handle };
}

function makeOrders() {
  const cloud = makeQueues();
  const orders = cloud.queues.create("orders.fifo", { FifoQueue: "true" }).arn;
  cloud.queues.send(orders, inGroup("a", "1"));
  const handle = () => cloud.queues.receiveNow(orders, one)[0]?.receiptHandle ?? "";
  return { ...cloud, orders, handle };
}

/** A handle of a message that is sent to the queue. */
function handleOf({ queues }: Pick<ReturnType<typeof makeQueues>, "queues">, arn: string): string {
  queues.send(arn, message("y"));
  return queues.receiveNow(arn, one)[0]?.receiptHandle ?? "";
}

describe("visibility", () => {
  it("hides a received message for the queue's timeout, then shows it with a count more", async () => {
    const { receive, clock } = makeWork({ VisibilityTimeout: "5" });
    const first = receive();
    expect(receive()).to.equal(undefined);
    await clock.advance(4999);
    expect(receive()).to.equal(undefined);
    await clock.advance(1);
    const second = receive();
    expect(second?.messageId).to.equal(first?.messageId);
    expect(second?.receiptHandle).not.to.equal(first?.receiptHandle);
    expect(second?.systemAttributes.ApproximateReceiveCount).to.equal("2");
    expect(second?.systemAttributes.ApproximateFirstReceiveTimestamp).to.equal(
      first?.systemAttributes.ApproximateFirstReceiveTimestamp,
    );
  });

  it("takes a receive's own timeout, none at all included", async () => {
    const { receive, clock } = makeWork();
    expect(receive(0)?.body).to.equal("x");
    expect(receive(3)?.body).to.equal("x");
    expect(receive()).to.equal(undefined);
    await clock.advance(3000);
    expect(receive()?.systemAttributes.ApproximateReceiveCount).to.equal("3");
  });

  it("can be prolonged again and again, each time from now", async () => {
    const { queues, work, receive, handle, clock } = makeWork({ VisibilityTimeout: "2" });
    const receipt = handle();
    for (let time = 0; time < 4; time++) {
      await clock.advance(1000);
      queues.changeVisibility(work, receipt, 2);
      expect(receive()).to.equal(undefined);
    }
    await clock.advance(2000);
    expect(receive()?.body).to.equal("x");
  });

  it("ends with a change to 0, for this receive only", () => {
    const { queues, work, receive, handle } = makeWork();
    queues.changeVisibility(work, handle(), 0);
    expect(receive()?.body).to.equal("x");
    expect(receive()).to.equal(undefined);
  });

  it("can be changed on a standard queue by an older handle", () => {
    const { queues, work, receive, handle } = makeWork();
    const older = handle(0);
    receive(30);
    queues.changeVisibility(work, older, 0);
    expect(receive()?.body).to.equal("x");
  });

  it("can be changed on a standard queue after it ran out: the message hides again", async () => {
    const { queues, work, receive, handle, clock } = makeWork({ VisibilityTimeout: "1" });
    const receipt = handle();
    await clock.advance(2000);
    queues.changeVisibility(work, receipt, 2);
    expect(receive()).to.equal(undefined);
  });

  it("cannot be changed once the message is deleted", () => {
    const { queues, work, handle } = makeWork();
    const receipt = handle();
    queues.deleteMessage(work, receipt);
    expect(awsErrorOf(() => queues.changeVisibility(work, receipt, 42))).to.deep.equal({
      code: "InvalidParameterValue",
      message: `Value ${receipt} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
    });
  });

  it("cannot be changed on a FIFO queue after it ran out", async () => {
    const { queues, orders, handle, clock } = makeOrders();
    const receipt = handle();
    await clock.advance(30_000);
    expect(awsErrorOf(() => queues.changeVisibility(orders, receipt, 5)).message).to.match(
      /not available for visibility timeout change/,
    );
  });

  it("lasts 12 hours at most, from the receive on", async () => {
    const { queues, work, handle, clock } = makeWork();
    const receipt = handle();
    queues.changeVisibility(work, receipt, 43_200);
    await clock.advance(60_000);
    queues.changeVisibility(work, receipt, 43_140);
    expect(awsErrorOf(() => queues.changeVisibility(work, receipt, 43_141))).to.deep.equal({
      code: "InvalidParameterValue",
      message:
        "Value 43141 for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [43200 seconds]",
    });
  });

  it("refuses a timeout out of range", () => {
    const { queues, work, handle } = makeWork();
    const receipt = handle();
    for (const seconds of [-1, 43_201, 1.5]) {
      expect(awsErrorOf(() => queues.changeVisibility(work, receipt, seconds)).code).to.equal(
        "InvalidParameterValue",
      );
    }
  });
});

describe("deleting", () => {
  it("removes the message for good, and may be repeated", async () => {
    const { queues, work, receive, handle, clock } = makeWork({ VisibilityTimeout: "1" });
    const receipt = handle();
    for (let time = 0; time < 3; time++) queues.deleteMessage(work, receipt);
    await clock.advance(1000);
    expect(receive()).to.equal(undefined);
  });

  it("works on a standard queue with the latest handle, though the message is visible again", async () => {
    const { queues, work, handle, clock } = makeWork({ VisibilityTimeout: "1" });
    const receipt = handle();
    await clock.advance(2000);
    queues.deleteMessage(work, receipt);
    expect(queues.counts(work).visible).to.equal(0);
  });

  it("works on a standard queue until 12 hours after the message's latest receive", async () => {
    const { queues, work, handle, clock } = makeWork();
    const other = queues.create("other").arn;
    const late = handleOf({ queues }, other);
    const receipt = handle();
    await clock.advance(43_200_000);
    queues.deleteMessage(work, receipt);
    expect(queues.counts(work).visible).to.equal(0);
    await clock.advance(1);
    expect(awsErrorOf(() => queues.deleteMessage(other, late))).to.deep.equal({
      code: "InvalidParameterValue",
      message: `Value ${late} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`,
    });
    expect(queues.counts(other).visible).to.equal(1);
  });

  it("works by every handle, whatever the numbers of queues, messages and receives", () => {
    const { queues } = makeQueues();
    const arns = Array.from({ length: 11 }, (_, index) => queues.create(`q${index}`).arn);
    const last = arns[10] ?? "";
    for (let index = 0; index < 11; index++) queues.send(last, message("x"));
    const all = { maxMessages: 11, visibilityTimeoutSeconds: 0 };
    for (let receive = 1; receive < 11; receive++) queues.receiveNow(last, all);
    for (const { receiptHandle } of queues.receiveNow(last, all)) {
      queues.deleteMessage(last, receiptHandle);
    }
    expect(queues.counts(last)).to.include({ visible: 0, inFlight: 0 });
  });

  it("does nothing on a standard queue with an older handle while another receiver has the message", async () => {
    const { queues, work, receive, handle, clock } = makeWork({ VisibilityTimeout: "1" });
    const older = handle();
    await clock.advance(1000);
    receive();
    queues.deleteMessage(work, older);
    expect(queues.counts(work)).to.include({ inFlight: 1 });
  });

  it("works on a standard queue with an older handle once the message is visible again", async () => {
    const { queues, work, receive, handle, clock } = makeWork({ VisibilityTimeout: "1" });
    const older = handle();
    await clock.advance(1000);
    receive();
    await clock.advance(1000);
    queues.deleteMessage(work, older);
    expect(queues.counts(work)).to.include({ inFlight: 0, visible: 0 });
  });

  it("refuses a handle of a FIFO queue that has expired", async () => {
    const { queues, orders, handle, clock } = makeOrders();
    const receipt = handle();
    await clock.advance(30_000);
    expect(awsErrorOf(() => queues.deleteMessage(orders, receipt))).to.deep.equal({
      code: "InvalidParameterValue",
      message: `Value ${receipt} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`,
    });
    expect(bodies(queues.receiveNow(orders, one))).to.deep.equal(["1"]);
    expect(awsErrorOf(() => queues.deleteMessage(orders, receipt)).code).to.equal(
      "InvalidParameterValue",
    );
  });

  it("works on a FIFO queue as long as the visibility was prolonged", async () => {
    const { queues, orders, handle, clock } = makeOrders();
    const receipt = handle();
    queues.changeVisibility(orders, receipt, 60);
    await clock.advance(59_999);
    queues.deleteMessage(orders, receipt);
    expect(queues.counts(orders)).to.include({ visible: 0, inFlight: 0 });
  });

  it("refuses a handle that is none, and another queue's", () => {
    const { queues, work, handle } = makeWork();
    const other = queues.create("other").arn;
    const own = handleOf({ queues }, other);
    const longer = (before: string, after: string) =>
      Buffer.from(before + Buffer.from(own, "base64").toString() + after).toString("base64");
    for (const receipt of ["garbage", "", handle(), longer("x ", ""), longer("", "0")]) {
      expect(awsErrorOf(() => queues.deleteMessage(other, receipt))).to.deep.equal({
        code: "ReceiptHandleIsInvalid",
        message: `The input receipt handle "${receipt}" is not a valid receipt handle.`,
      });
    }
    expect(queues.counts(work)).to.include({ inFlight: 1 });
  });
});
