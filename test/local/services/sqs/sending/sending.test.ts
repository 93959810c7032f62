import { expect } from "chai";
import { openStore } from "../../../../../local/storage/store.ts";
import { awsErrorOf } from "../../../../harness/cloud/awsErrors.ts";
import { bodies, inGroup, makeQueues, message } from "../../../../harness/cloud/queues.ts";

function makeWork(attributes: Record<string, string> = {}) {
  const cloud = makeQueues();
  return { ...cloud, work: cloud.queues.create("work", attributes).arn };
}

function makeOrders(attributes: Record<string, string> = {}) {
  const cloud = makeQueues();
  const all = { FifoQueue: "true", ...attributes };
  return { ...cloud, orders: cloud.queues.create("orders.fifo", all).arn };
}

describe("sending to a standard queue", () => {
  it("gives an id and the digests that AWS gives", () => {
    const { queues, work } = makeWork();
    const attributes = {
      General: { dataType: "String", stringValue: "Kenobi" },
      Hello: { dataType: "String", stringValue: "There" },
      "Help.Me": { dataType: "String", stringValue: "Me" },
    };
    const sent = queues.send(work, message("msg", { attributes }));
    expect(sent.messageId).to.match(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    expect(sent.md5OfBody).to.equal("6e2baaf3b97dbeef01c0043275f9a0e7");
    expect(sent.md5OfAttributes).to.equal("4c360f3fdafd970e05fae2f149d997f5");
    expect(sent.sequenceNumber).to.equal(undefined);
    expect(queues.send(work, message("msg")).md5OfAttributes).to.equal(undefined);
  });

  it("digests attributes by name, in whatever order they are sent", () => {
    const { queues, work } = makeWork();
    const attributes = {
      "Help.Me": { dataType: "String", stringValue: "Me" },
      General: { dataType: "String", stringValue: "Kenobi" },
      Hello: { dataType: "String", stringValue: "There" },
    };
    const sent = queues.send(work, message("msg", { attributes }));
    expect(sent.md5OfAttributes).to.equal("4c360f3fdafd970e05fae2f149d997f5");
  });

  it("digests binary attributes by their bytes", () => {
    const { queues, work } = makeWork();
    const bytes = Buffer.from(
      "traceparent\x1e00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01",
    );
    const attributes = { attr1: { dataType: "Binary", binaryValue: bytes.toString("base64") } };
    expect(queues.send(work, message("test", { attributes })).md5OfAttributes).to.equal(
      "8cbe4db156db8a94db8b801b7addb984",
    );
  });

  it("delays by the queue's delay, or the message's own, which may be none", async () => {
    const { queues, work, clock } = makeWork({ DelaySeconds: "10" });
    queues.send(work, message("queue's"));
    queues.send(work, message("own", { delaySeconds: 20 }));
    queues.send(work, message("none", { delaySeconds: 0 }));
    const receive = () => bodies(queues.receiveNow(work, { maxMessages: 10 }));
    expect(receive()).to.deep.equal(["none"]);
    await clock.advance(9_999);
    expect(receive()).to.deep.equal([]);
    await clock.advance(1);
    expect(receive()).to.deep.equal(["queue's"]);
    await clock.advance(10_000);
    expect(receive()).to.deep.equal(["own"]);
  });

  it("refuses a delay out of range, which ends with 900 seconds", async () => {
    const { queues, work, clock } = makeWork();
    queues.send(work, message("longest", { delaySeconds: 900 }));
    await clock.advance(899_999);
    expect(queues.receiveNow(work, { maxMessages: 1 })).to.deep.equal([]);
    await clock.advance(1);
    expect(bodies(queues.receiveNow(work, { maxMessages: 1 }))).to.deep.equal(["longest"]);
    for (const delaySeconds of [-1, 901, 1.5]) {
      expect(awsErrorOf(() => queues.send(work, message("x", { delaySeconds })))).to.deep.equal({
        code: "InvalidParameterValue",
        message: `Value ${delaySeconds} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.`,
      });
    }
  });

  it("refuses a body that is empty or has characters that XML has not", () => {
    const { queues, work } = makeWork();
    expect(awsErrorOf(() => queues.send(work, message("")))).to.deep.equal({
      code: "MissingParameter",
      message: "The request must contain the parameter MessageBody.",
    });
    for (const body of ["\u0000", "a\u0008", "\u0013", "\uffff", "\ud800"]) {
      expect(awsErrorOf(() => queues.send(work, message(body)))).to.deep.equal({
        code: "InvalidMessageContents",
        message:
          "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF",
      });
    }
    expect(queues.counts(work).visible).to.equal(0);
    queues.send(work, message("\t\n\r é 漢 😀 \ue000 \ufffd"));
    expect(queues.counts(work).visible).to.equal(1);
  });

  it("counts body and attributes in bytes against the largest size", () => {
    const { queues, work } = makeWork({ MaximumMessageSize: "1024" });
    const attributes = { k: { dataType: "String", stringValue: "é" } };
    const rest = 1024 - Buffer.byteLength("kStringé");
    queues.send(work, message("a".repeat(1024)));
    queues.send(work, message("a".repeat(rest), { attributes }));
    expect(
      awsErrorOf(() => queues.send(work, message("a".repeat(rest + 1), { attributes }))),
    ).to.deep.equal({
      code: "InvalidParameterValue",
      message:
        "One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.",
    });
    const bytes = { k: { dataType: "Binary", binaryValue: Buffer.alloc(7).toString("base64") } };
    const besides = 1024 - "kBinary".length - 7;
    queues.send(work, message("a".repeat(besides), { attributes: bytes }));
    expect(
      awsErrorOf(() => queues.send(work, message("a".repeat(besides + 1), { attributes: bytes })))
        .code,
    ).to.equal("InvalidParameterValue");
    const { work: wide, queues: others } = makeWork();
    others.send(wide, message("a".repeat(1_048_576)));
    expect(awsErrorOf(() => others.send(wide, message("a".repeat(1_048_577)))).message).to.contain(
      "1048576 bytes",
    );
  });

  it("takes a group for fair queues, and hands it on", () => {
    const { queues, work } = makeWork();
    queues.send(work, message("1", { groupId: "tenant" }));
    queues.send(work, message("2", { groupId: "tenant" }));
    const [first] = queues.receiveNow(work, { maxMessages: 1 });
    const [second] = queues.receiveNow(work, { maxMessages: 1 });
    expect(first?.systemAttributes.MessageGroupId).to.equal("tenant");
    expect(second?.body).to.equal("2");
    expect(second?.systemAttributes).not.to.have.any.keys("SequenceNumber");
  });

  it("refuses a deduplication id", () => {
    const { queues, work } = makeWork();
    expect(
      awsErrorOf(() => queues.send(work, message("x", { deduplicationId: "id" }))),
    ).to.deep.equal({
      code: "InvalidParameterValue",
      message:
        "Value id for parameter MessageDeduplicationId is invalid. Reason: The request include parameter that is not valid for this queue type.",
    });
  });

  for (const groupId of ["", "a".repeat(129), "group 123"]) {
    it(`refuses the group "${groupId.slice(0, 10)}"`, () => {
      const { queues, work } = makeWork();
      expect(awsErrorOf(() => queues.send(work, message("x", { groupId })))).to.deep.equal({
        code: "InvalidParameterValue",
        message: `Value ${groupId} for parameter MessageGroupId is invalid. Reason: MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
      });
    });
  }
});

describe("sending to a FIFO queue", () => {
  it("gives sequence numbers of 20 digits that grow", () => {
    const { queues, orders } = makeOrders();
    const numbers = ["1", "2", "3"].map((body) => {
      return queues.send(orders, inGroup("a", body)).sequenceNumber ?? "";
    });
    for (const number of numbers) expect(number).to.match(/^\d{20}$/);
    expect([...numbers].sort()).to.deep.equal(numbers);
    expect(new Set(numbers).size).to.equal(3);
  });

  it("goes on growing after the queue was emptied", () => {
    const { queues, orders } = makeOrders();
    const first = queues.send(orders, inGroup("a", "1")).sequenceNumber ?? "";
    const [received] = queues.receiveNow(orders, { maxMessages: 1 });
    queues.deleteMessage(orders, received?.receiptHandle ?? "");
    const second = queues.send(orders, inGroup("a", "2")).sequenceNumber ?? "";
    expect(BigInt(second) > BigInt(first)).to.equal(true);
  });

  it("needs a group", () => {
    const { queues, orders } = makeOrders();
    expect(
      awsErrorOf(() => queues.send(orders, message("x", { deduplicationId: "id" }))),
    ).to.deep.equal({
      code: "MissingParameter",
      message: "The request must contain the parameter MessageGroupId.",
    });
  });

  it("needs a deduplication id, unless it deduplicates by content", () => {
    const { queues, orders } = makeOrders();
    const send = () => queues.send(orders, message("x", { groupId: "a" }));
    expect(awsErrorOf(send)).to.deep.equal({
      code: "InvalidParameterValue",
      message:
        "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
    });
    queues.setAttributes(orders, { ContentBasedDeduplication: "true" });
    expect(send().messageId).to.have.length(36);
  });

  it("refuses a deduplication id of other characters than letters, digits and punctuation", () => {
    const { queues, orders } = makeOrders();
    for (const deduplicationId of ["", "a b", "é", "a".repeat(129)]) {
      const send = () => queues.send(orders, inGroup("a", "1", { deduplicationId }));
      expect(awsErrorOf(send)).to.deep.equal({
        code: "InvalidParameterValue",
        message: `Value ${deduplicationId} for parameter MessageDeduplicationId is invalid. Reason: MessageDeduplicationId can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
      });
    }
    queues.send(orders, inGroup("a", "1", { deduplicationId: "~!".repeat(64) }));
    expect(queues.counts(orders).visible).to.equal(1);
  });

  it("stores a message and its deduplication id together, or neither", () => {
    const store = openStore();
    const { queues } = makeQueues({ store });
    const { arn } = queues.create("orders.fifo", { FifoQueue: "true" });
    store.exec(`CREATE TRIGGER full BEFORE INSERT ON deduplications
      BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`);
    expect(() => queues.send(arn, inGroup("a", "1"))).to.throw("the disk is full");
    expect(queues.counts(arn).visible).to.equal(0);
  });

  it("refuses a message's own delay", () => {
    const { queues, orders } = makeOrders();
    const send = () => queues.send(orders, inGroup("a", "1", { delaySeconds: 2 }));
    expect(awsErrorOf(send)).to.deep.equal({
      code: "InvalidParameterValue",
      message:
        "Value 2 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.",
    });
  });

  it("keeps to the queue's delay when the message says none", async () => {
    const { queues, orders, clock } = makeOrders({ DelaySeconds: "2" });
    queues.send(orders, inGroup("a", "1", { delaySeconds: 0 }));
    expect(queues.receiveNow(orders, { maxMessages: 1 })).to.deep.equal([]);
    await clock.advance(2000);
    expect(bodies(queues.receiveNow(orders, { maxMessages: 1 }))).to.deep.equal(["1"]);
  });
});
