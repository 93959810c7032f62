import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { PublishBatchCommand, PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { expect } from "chai";
import * as v from "valibot";
import { messageType } from "../../handlers/lib/messages/messageType.ts";
import { s3Payloads } from "../../handlers/lib/messages/s3Payloads.ts";
import { withMessage } from "../../handlers/lib/messages/withMessage.ts";
import { PermanentError } from "../../handlers/lib/permanentError.ts";
import { publisher } from "../../publisher/publisher.ts";
import { failureOf, thrownBy } from "../harness/assertions/failure.ts";
import { lambdaContext } from "../harness/handlers/handlerRun.ts";
import { SdkCalls } from "../harness/handlers/sdkCalls.ts";

const order = messageType("order", {
  schema: v.object({
    id: v.string(),
    status: v.picklist(["paid", "open"]),
    total: v.number(),
    gift: v.optional(v.boolean()),
    tags: v.optional(v.array(v.string())),
    /** A text in JSON, a number for handlers. */
    note: v.optional(v.pipe(v.string(), v.transform(Number))),
  }),
  attributes: ["status", "total", "gift", "tags"],
});
const topicArn = "arn:aws:sns:eu-west-1:000000000000:orders";
const client = new SNSClient({ region: "eu-west-1" });
const paid = { id: "o-1", status: "paid", total: 12.5 } as const;

describe("a publisher", () => {
  let calls: SdkCalls;
  const objects = new Map<string, string>();
  beforeEach(() => {
    calls = new SdkCalls();
    calls.on(PublishCommand, () => ({ MessageId: "m-1" }));
    calls.on(PublishBatchCommand, ({ PublishBatchRequestEntries = [] }) => ({
      Successful: PublishBatchRequestEntries.map(({ Id }) => ({ Id, MessageId: `m-${Id}` })),
    }));
    calls.on(PutObjectCommand, ({ Key = "", Body }) => {
      objects.set(Key, String(Body));
      return {};
    });
    calls.start();
  });
  afterEach(() => calls.stop());

  it("publishes the message as JSON, and its fields as attributes of their types", async () => {
    const orders = publisher(order, { topicArn, client });
    const published = await orders.publish({ ...paid, gift: true, tags: ["a", "b"] });
    expect(published).to.deep.equal({ messageId: "m-1" });
    expect(calls.of(PublishCommand)).to.deep.equal([
      {
        TopicArn: topicArn,
        Message: JSON.stringify({ ...paid, gift: true, tags: ["a", "b"] }),
        MessageAttributes: {
          status: { DataType: "String", StringValue: "paid" },
          total: { DataType: "Number", StringValue: "12.5" },
          gift: { DataType: "String", StringValue: "true" },
          tags: { DataType: "String.Array", StringValue: '["a","b"]' },
        },
      },
    ]);
  });

  it("publishes what consumers will parse, not what the schema makes of it", async () => {
    await publisher(order, { topicArn, client }).publish({ ...paid, note: "7" });
    expect(JSON.parse(calls.of(PublishCommand)[0]?.Message ?? "")).to.include({ note: "7" });
  });

  it("rejects a message that is not of its type, with every problem, and sends nothing", async () => {
    const orders = publisher(order, { topicArn, client });
    // @ts-expect-error The total is a number, and the status is one of two.
    const error = await failureOf(orders.publish({ id: "o-1", status: "new", total: "12" }));
    expect(error).to.be.instanceOf(PermanentError);
    expect(error.message).to.match(/^not a valid order: status: .*; total: /);
    expect(calls.made).to.deep.equal([]);
  });

  it("publishes many in batches, and lists all that are invalid before it sends any", async () => {
    const orders = publisher(order, { topicArn, client });
    const published = await orders.publishAll(Array.from({ length: 12 }, () => paid));
    expect(published.map(({ messageId }) => messageId)).to.deep.equal(
      Array.from({ length: 12 }, (_, index) => `m-${index}`),
    );
    expect(calls.of(PublishBatchCommand)).to.have.length(2);
    const wrong = { ...paid, total: Number.NaN };
    const error = await failureOf(orders.publishAll([wrong, paid, wrong]));
    expect(error.message).to.match(
      /^2 of 3 messages are invalid; none was published\n {2}- message 0: .+\n {2}- message 2: /,
    );
    expect(calls.of(PublishBatchCommand)).to.have.length(2);
  });

  it("keeps a large message in S3, with the pointer of AWS's Extended Client Libraries", async () => {
    const payloads = s3Payloads({
      bucket: "payloads",
      client: new S3Client({ region: "eu-west-1" }),
    });
    const orders = publisher(order, { topicArn, client, payloads });
    const large = { ...paid, id: "x".repeat(300_000) };
    await orders.publish(large);
    const [key = "", body = ""] = [...objects].at(-1) ?? [];
    const { Message = "", MessageAttributes } = calls.of(PublishCommand)[0] ?? {};
    expect(JSON.parse(Message)).to.deep.equal([
      "software.amazon.payloadoffloading.PayloadS3Pointer",
      { s3BucketName: "payloads", s3Key: key },
    ]);
    expect(MessageAttributes).to.deep.include({
      ExtendedPayloadSize: { DataType: "Number", StringValue: String(Buffer.byteLength(body)) },
      status: { DataType: "String", StringValue: "paid" },
    });
    expect(JSON.parse(body)).to.deep.equal(large);
  });

  it("rejects a large message without a place for payloads, at the topic's byte", async () => {
    const size = Buffer.byteLength(`${JSON.stringify(paid)}statusStringpaidtotalNumber12.5`);
    const limited = (maxMessageBytes: number) =>
      publisher(order, { topicArn, client, maxMessageBytes }).publish(paid);
    await limited(size);
    expect((await failureOf(limited(size - 1))).message).to.equal(
      `the order has ${size} bytes with its attributes, more than the topic's ${size - 1}; set \`payloads\` to keep large messages in S3`,
    );
  });

  it("wraps messages of a CloudEvent type in an envelope that withMessage takes off", async () => {
    const event = messageType("order", {
      schema: v.object({ id: v.string() }),
      cloudEvent: { source: "/shop", type: "com.example.order" },
    });
    await publisher(event, { topicArn, client }).publish({ id: "o-1" });
    const body = calls.of(PublishCommand)[0]?.Message ?? "";
    const { id, time, ...rest } = JSON.parse(body);
    expect(rest).to.deep.equal({
      specversion: "1.0",
      source: "/shop",
      type: "com.example.order",
      datacontenttype: "application/json",
      data: { id: "o-1" },
    });
    const handle = withMessage(event, async (received, { cloudEvent }) => ({
      outcome: `${received.id} of ${cloudEvent?.source}`,
      same: cloudEvent?.id === id && cloudEvent?.time === time,
    }));
    const message = { messageId: "m", eventId: "e", sentAt: time, attributes: {}, body };
    expect(await handle(message, lambdaContext())).to.deep.equal({
      outcome: "o-1 of /shop",
      same: true,
    });
  });

  it("sets the message group and the deduplication id on a FIFO topic, which needs a group", async () => {
    const fifo = `${topicArn}.fifo`;
    expect(thrownBy(() => publisher(order, { topicArn: fifo, client })).message).to.equal(
      `publisher of order: ${fifo} is a FIFO topic; set \`group\``,
    );
    const ids = { group: () => "g", deduplicationId: ({ id }: { id: string }) => id };
    await publisher(order, { topicArn: fifo, client, ...ids }).publish(paid);
    expect(calls.of(PublishCommand)[0]).to.include({
      MessageGroupId: "g",
      MessageDeduplicationId: "o-1",
    });
  });

  it("reads the topic from TOPIC_ARN, and rejects what is no topic", () => {
    expect(thrownBy(() => publisher(order)).message).to.match(
      /^Environment variables missing: TOPIC_ARN/,
    );
    expect(thrownBy(() => publisher(order, { topicArn: "orders" })).message).to.equal(
      'publisher of order: topicArn must be the ARN of a topic (given "orders")',
    );
  });

  it("never asks S3 for a message that fits", async () => {
    const payloads = s3Payloads({
      bucket: "payloads",
      client: new S3Client({ region: "eu-west-1" }),
    });
    await publisher(order, { topicArn, client, payloads }).publish(paid);
    expect([...calls.of(PutObjectCommand), ...calls.of(GetObjectCommand)]).to.deep.equal([]);
  });
});
