import { expect } from "chai";
import * as v from "valibot";
import { messageType } from "../../../../handlers/lib/messages/messageType.ts";
import { withMessage } from "../../../../handlers/lib/messages/withMessage.ts";
import { PermanentError } from "../../../../handlers/lib/permanentError.ts";
import { skipped } from "../../../../handlers/lib/recordHandler.ts";
import { failureOf, thrownBy } from "../../../harness/assertions/failure.ts";
import { lambdaContext } from "../../../harness/handlers/handlerRun.ts";

const order = messageType("order", { schema: v.object({ id: v.string() }), attributes: ["id"] });
const handle = async ({ id }: { id: string }) => ({ outcome: "billed", id });

const message = (body: string, attributes: Record<string, string> = {}) => ({
  ...{ messageId: "m-1", eventId: "e-1", sentAt: "2026-01-01T00:00:00.000Z" },
  ...{ body, attributes },
});
const pointer = (
  bucket: string,
  pointerClass = "software.amazon.payloadoffloading.PayloadS3Pointer",
) =>
  message(JSON.stringify([pointerClass, { s3BucketName: bucket, s3Key: "k-1" }]), {
    ExtendedPayloadSize: "300000",
  });

/** A bucket with one payload. */
const payloads = {
  bucket: "payloads",
  write: async () => {},
  read: async (key: string) => JSON.stringify({ id: `from ${key}` }),
};

describe("withMessage", () => {
  it("passes a message of its type", async () => {
    const outcome = await withMessage(order, handle)(message('{"id":"o-1"}'), lambdaContext());
    expect(outcome).to.deep.equal({ outcome: "billed", id: "o-1" });
  });

  it("fails on another message for good, so that it moves to the dead-letter queue", async () => {
    const error = await failureOf(withMessage(order, handle)(message("{}"), lambdaContext()));
    expect(error).to.be.instanceOf(PermanentError);
    expect(error.message).to.match(/^not a valid order: id: /);
  });

  it("passes another message to the hook, whose outcome is the message's", async () => {
    const onInvalid = async ({ message: reason }: PermanentError) => skipped("invalid", { reason });
    const outcome = await withMessage(order, handle, { onInvalid })(message("?"), lambdaContext());
    expect(outcome).to.deep.include({ outcome: "invalid", skipped: true });
  });

  it("passes no failure of the handler or of S3 to the hook", async () => {
    const onInvalid = async () => skipped("invalid");
    const unavailable = { ...payloads, read: () => Promise.reject(new Error("S3 is unavailable")) };
    const failing = withMessage(order, handle, { onInvalid, payloads: unavailable });
    expect((await failureOf(failing(pointer("payloads"), lambdaContext()))).message).to.equal(
      "S3 is unavailable",
    );
    const throwing = withMessage(order, () => Promise.reject(new PermanentError("no")), {
      onInvalid,
    });
    expect((await failureOf(throwing(message('{"id":"1"}'), lambdaContext()))).message).to.equal(
      "no",
    );
  });

  for (const pointerClass of [
    "software.amazon.payloadoffloading.PayloadS3Pointer",
    "com.amazon.sqs.javamessaging.MessageS3Pointer",
  ]) {
    it(`fetches a payload from S3: ${pointerClass}`, async () => {
      const large = withMessage(order, handle, { payloads });
      const outcome = await large(pointer("payloads", pointerClass), lambdaContext());
      expect(outcome).to.deep.equal({ outcome: "billed", id: "from k-1" });
    });
  }

  it("reads no other bucket, whatever a message points to", async () => {
    const large = withMessage(order, handle, { payloads });
    expect((await failureOf(large(pointer("salaries"), lambdaContext()))).message).to.equal(
      "the message points to s3://salaries/k-1, but payloads are in payloads",
    );
    const none = withMessage(order, handle);
    expect((await failureOf(none(pointer("payloads"), lambdaContext()))).message).to.equal(
      "the message points to s3://payloads/k-1, but the handler has no `payloads`",
    );
  });

  it("takes a list that looks like a pointer for a message where no attribute says it is one", async () => {
    const list = messageType("list", { schema: v.array(v.unknown()) });
    const { body } = pointer("salaries");
    const outcome = await withMessage(list, async (items) => ({ outcome: String(items.length) }))(
      message(body),
      lambdaContext(),
    );
    expect(outcome).to.deep.equal({ outcome: "2" });
  });

  it("accepts a schema that validates asynchronously", async () => {
    const known = messageType("order", {
      schema: v.pipeAsync(
        v.object({ id: v.string() }),
        v.checkAsync(async ({ id }) => id === "o-1", "unknown"),
      ),
    });
    const error = await failureOf(
      withMessage(known, handle)(message('{"id":"o-2"}'), lambdaContext()),
    );
    expect(error.message).to.equal("not a valid order: unknown");
  });

  it("rejects an envelope of another type of CloudEvents", async () => {
    const event = messageType("order", {
      schema: v.object({ id: v.string() }),
      cloudEvent: { source: "/shop", type: "order.placed" },
    });
    const envelope = { specversion: "1.0", id: "1", source: "/shop", type: "order.paid", data: {} };
    const error = await failureOf(
      withMessage(event, handle)(message(JSON.stringify(envelope)), lambdaContext()),
    );
    expect(error.message).to.match(/^not a valid CloudEvent of order: type: /);
  });
});

describe("messageType", () => {
  it("lists every problem of the attributes at once", () => {
    const schema = v.object({ "a b": v.string(), traceparent: v.string() });
    const error = thrownBy(() =>
      messageType("order", { schema, attributes: ["a b", "traceparent"] }),
    );
    expect(error.message).to.equal(
      'message type "order": the attribute traceparent is set by publishers; rename the field; "a b" cannot name an attribute: use letters, digits, _, - and single dots, and no "aws." or "amazon." at its start',
    );
  });
});
