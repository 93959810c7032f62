import { PublishBatchCommand, PublishCommand } from "@aws-sdk/client-sns";
import { expect } from "chai";
import { exceptionOf, serveTopics } from "../../../../harness/endpoints/snsWire.ts";

const odd = "Grüße & <b>„x“</b> %2B+\t\r\n\u{1F600}";

describe("publishing over the wire", () => {
  let cloud: Awaited<ReturnType<typeof serveTopics>>;
  let arn: string;
  let queueArn: string;
  beforeEach(async () => {
    cloud = await serveTopics();
    arn = cloud.topics.create("orders").arn;
    queueArn = cloud.queues.create("audit").arn;
    cloud.topics.subscribe(arn, "sqs", queueArn, { RawMessageDelivery: "true" });
  });
  afterEach(() => cloud.close());

  it("brings text and attributes through unchanged", async () => {
    const { MessageId } = await cloud.client.send(
      new PublishCommand({
        TopicArn: arn,
        Message: odd,
        MessageAttributes: {
          text: { DataType: "String", StringValue: odd },
          number: { DataType: "Number.float", StringValue: "1.5" },
          bytes: { DataType: "Binary", BinaryValue: new Uint8Array([2, 3, 255]) },
        },
      }),
    );
    expect(cloud.hops("published").map(({ messageId }) => messageId)).to.deep.equal([MessageId]);
    expect(cloud.receive(queueArn)[0]).to.deep.include({
      body: odd,
      attributes: {
        text: { dataType: "String", stringValue: odd },
        number: { dataType: "Number.float", stringValue: "1.5" },
        bytes: { dataType: "Binary", binaryValue: "AgP/" },
      },
    });
  });

  it("takes the topic as target, too", async () => {
    await cloud.client.send(new PublishCommand({ TargetArn: arn, Message: "x" }));
    expect(cloud.receive(queueArn)).to.have.length(1);
  });

  it("tells the sequence number of a FIFO topic", async () => {
    const fifo = cloud.topics.create("orders.fifo", { FifoTopic: "true" });
    const published = await cloud.client.send(
      new PublishCommand({
        TopicArn: fifo.arn,
        Message: "x",
        MessageGroupId: "g",
        MessageDeduplicationId: "d",
      }),
    );
    expect(published.SequenceNumber).to.match(/^\d{20}$/);
    const entry = { Message: "y", MessageGroupId: "g", MessageDeduplicationId: "e" };
    const { Successful } = await cloud.client.send(
      new PublishBatchCommand({
        TopicArn: fifo.arn,
        PublishBatchRequestEntries: [{ Id: "1", ...entry }],
      }),
    );
    expect(Successful?.[0]?.SequenceNumber).to.match(/^\d{20}$/);
  });

  it("takes a batch, and refuses it as a whole", async () => {
    const entries = ["1", "2"].map((Id) => ({ Id, Message: `body ${Id}` }));
    const { Successful, Failed } = await cloud.client.send(
      new PublishBatchCommand({ TopicArn: arn, PublishBatchRequestEntries: entries }),
    );
    expect(Successful?.map(({ Id }) => Id)).to.deep.equal(["1", "2"]);
    expect(Failed).to.deep.equal([]);
    const twice = [entries[0], entries[0]].flatMap((entry) => entry ?? []);
    expect(
      await exceptionOf(
        cloud.client.send(
          new PublishBatchCommand({ TopicArn: arn, PublishBatchRequestEntries: twice }),
        ),
      ),
    ).to.deep.equal({
      name: "BatchEntryIdsNotDistinctException",
      status: 400,
      message: "Two or more batch entries in the request have the same Id.",
    });
    expect(cloud.receive(queueArn)).to.have.length(2);
  });

  it("to a phone number goes to the outbox", async () => {
    const { client, outbox } = cloud;
    await client.send(new PublishCommand({ PhoneNumber: "+15550100", Message: "On its way." }));
    expect(outbox.list().map(({ kind, to, text }) => [kind, to, text])).to.deep.equal([
      ["sms", ["+15550100"], "On its way."],
    ]);
    for (const number of ["+1a234", "NAA+15551234567"]) {
      const call = client.send(new PublishCommand({ PhoneNumber: number, Message: "x" }));
      expect((await exceptionOf(call)).message).to.equal(
        `Invalid parameter: PhoneNumber Reason: ${number} is not valid to publish to`,
      );
    }
  });

  const refused: [string, Partial<PublishCommand["input"]>, string, string][] = [
    ["an empty message", { Message: "" }, "InvalidParameterException", "Empty message"],
    ["an empty subject", { Subject: "" }, "InvalidParameterException", "Subject"],
    ["a strange structure", { MessageStructure: "xml" }, "InvalidParameterException", "Structure"],
    [
      "no target",
      { TopicArn: undefined },
      "InvalidParameterException",
      "TopicArn or TargetArn Reason: no value for required parameter",
    ],
    [
      "a device as target",
      { TopicArn: undefined, TargetArn: "arn:aws:sns:eu-west-1:000000000000:endpoint/GCM/a/1" },
      "InvalidParameterException",
      "TargetArn Reason: No endpoint found for the target arn specified",
    ],
    [
      "an attribute without a type",
      { MessageAttributes: { attr1: { DataType: undefined, StringValue: "x" } } },
      "ValidationError",
      "1 validation error detected: Value null at 'messageAttributes.attr1.member.dataType' failed to satisfy constraint: Member must not be null",
    ],
    [
      "an attribute of a strange type",
      { MessageAttributes: { attr1: { DataType: "Text", StringValue: "x" } } },
      "InvalidParameterValueException",
      "the set of supported type prefixes is Binary, Number, and String.",
    ],
  ];
  for (const [what, input, name, message] of refused) {
    it(`refuses ${what}`, async () => {
      const command = new PublishCommand({ TopicArn: arn, Message: "x", ...input });
      const exception = await exceptionOf(cloud.client.send(command));
      expect(exception).to.include({ name, status: 400 });
      expect(exception.message).to.contain(message);
    });
  }

  it("says where in a batch an attribute has no type", async () => {
    const MessageAttributes = { attr1: { DataType: undefined, StringValue: "x" } };
    const call = cloud.client.send(
      new PublishBatchCommand({
        TopicArn: arn,
        PublishBatchRequestEntries: [{ Id: "1", Message: "x", MessageAttributes }],
      }),
    );
    expect((await exceptionOf(call)).message).to.contain(
      "'publishBatchRequestEntries.1.member.messageAttributes.attr1.member.dataType'",
    );
  });
});
