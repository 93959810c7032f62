import { expect } from "chai";
import { map, startMappings } from "../../../../harness/cloud/mappings.ts";
import { inGroup, message } from "../../../../harness/cloud/queues.ts";

describe("the event of a function that works on a queue", () => {
  it("has the fields that AWS gives it, in AWS's order", async () => {
    const cloud = startMappings();
    const { queue } = map(cloud);

    const { messageId } = cloud.queues.send(queue.arn, message('{"orderId":"o-1"}'));
    await cloud.settle();

    const event = JSON.parse(cloud.invocations[0]?.event ?? "");
    const time = String(cloud.clock.now());
    expect(event).to.deep.equal({
      Records: [
        {
          messageId,
          receiptHandle: event.Records[0].receiptHandle,
          body: '{"orderId":"o-1"}',
          attributes: {
            ApproximateReceiveCount: "1",
            SentTimestamp: time,
            SenderId: "000000000000",
            ApproximateFirstReceiveTimestamp: time,
          },
          messageAttributes: {},
          md5OfBody: "d43159842a6911108856bdc9a0a71621",
          eventSource: "aws:sqs",
          eventSourceARN: "arn:aws:sqs:eu-west-1:000000000000:work",
          awsRegion: "eu-west-1",
        },
      ],
    });
    expect(Object.keys(event.Records[0])).to.deep.equal([
      "messageId",
      "receiptHandle",
      "body",
      "attributes",
      "messageAttributes",
      "md5OfBody",
      "eventSource",
      "eventSourceARN",
      "awsRegion",
    ]);
  });

  it("has a null for the digest of missing attributes where the mapping gathers batches", async () => {
    const cloud = startMappings();
    const { queue } = map(cloud, { windowSeconds: 1 });
    cloud.queues.send(queue.arn, message("body"));
    await cloud.clock.advance(1000);
    await cloud.settle();
    const { Records } = JSON.parse(cloud.invocations[0]?.event ?? "");
    expect(Records[0]).to.have.property("md5OfMessageAttributes", null);
  });

  it("has message attributes with their empty lists, and their digest", async () => {
    const cloud = startMappings();
    const { queue } = map(cloud);

    cloud.queues.send(
      queue.arn,
      message("m", {
        traceHeader: "Root=1-5759e988-bd862e3fe1be46a994272793",
        attributes: {
          kind: { dataType: "String", stringValue: "order" },
          total: { dataType: "Number", stringValue: "12.5" },
          bytes: { dataType: "Binary", binaryValue: "AAEC" },
        },
      }),
    );
    await cloud.settle();

    const [record] = JSON.parse(cloud.invocations[0]?.event ?? "").Records;
    expect(record.messageAttributes).to.deep.equal({
      kind: {
        stringValue: "order",
        stringListValues: [],
        binaryListValues: [],
        dataType: "String",
      },
      total: {
        stringValue: "12.5",
        stringListValues: [],
        binaryListValues: [],
        dataType: "Number",
      },
      bytes: {
        binaryValue: "AAEC",
        stringListValues: [],
        binaryListValues: [],
        dataType: "Binary",
      },
    });
    expect(record.md5OfMessageAttributes).to.match(/^[0-9a-f]{32}$/);
    expect(record.attributes.AWSTraceHeader).to.equal("Root=1-5759e988-bd862e3fe1be46a994272793");
  });

  it("has the attributes of FIFO messages", async () => {
    const cloud = startMappings();
    const { queue } = map(cloud, {}, { FifoQueue: "true" });

    const sent = cloud.queues.send(queue.arn, inGroup("g", "m", { deduplicationId: "d" }));
    await cloud.settle();

    expect(cloud.invocations[0]?.records[0]?.attributes).to.include({
      SequenceNumber: sent.sequenceNumber,
      MessageGroupId: "g",
      MessageDeduplicationId: "d",
    });
  });

  it("names the queue that a dead letter comes from", async () => {
    const cloud = startMappings();
    const { queue } = map(cloud);
    const policy = JSON.stringify({ deadLetterTargetArn: queue.arn, maxReceiveCount: 1 });
    const source = cloud.queues.create("source", { RedrivePolicy: policy, VisibilityTimeout: "0" });

    cloud.queues.send(source.arn, message("m"));
    cloud.queues.receiveNow(source.arn, { maxMessages: 1 });
    cloud.queues.receiveNow(source.arn, { maxMessages: 1 });
    await cloud.settle();

    expect(cloud.invocations[0]?.records[0]?.attributes).to.include({
      DeadLetterQueueSourceArn: source.arn,
      ApproximateReceiveCount: "2",
    });
  });

  it("keeps every character of the body", async () => {
    const cloud = startMappings();
    const { queue } = map(cloud);
    const body = 'żółw "quoted" \\ \u2028 🐢\ttab\nline';

    cloud.queues.send(queue.arn, message(body));
    await cloud.settle();

    expect(cloud.invocations[0]?.bodies).to.deep.equal([body]);
  });
});
