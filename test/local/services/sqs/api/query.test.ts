import { expect } from "chai";
import { serveSqs } from "../../../../harness/endpoints/sqsWire.ts";

describe("SQS in the query protocol", () => {
  let wire: Awaited<ReturnType<typeof serveSqs>>;
  let queueUrl: string;

  beforeEach(async () => {
    wire = await serveSqs();
    queueUrl = wire.queues.create("work", {}).url;
  });
  afterEach(() => wire.close());

  /** The answer without the id of the request. */
  async function ask(parameters: Record<string, string>, url = wire.url) {
    const body = new URLSearchParams({ ...parameters, Version: "2012-11-05" });
    const response = await fetch(url, { method: "POST", body });
    const text = await response.text();
    expect(response.headers.get("content-type")).to.equal("text/xml");
    return { status: response.status, text: text.replace(/<RequestId>[^<]+/, "<RequestId>") };
  }

  const answer = (action: string, result: string) => ({
    status: 200,
    text: `<${action}Response xmlns="http://queue.amazonaws.com/doc/2012-11-05/">${result}<ResponseMetadata><RequestId></RequestId></ResponseMetadata></${action}Response>`,
  });

  it("takes numbered attributes and tags, and gives them as pairs", async () => {
    const created = await ask({
      ...{ Action: "CreateQueue", QueueName: "mail" },
      ...{ "Attribute.1.Name": "DelaySeconds", "Attribute.1.Value": "5" },
      ...{ "Attribute.2.Name": "VisibilityTimeout", "Attribute.2.Value": "7" },
      ...{ "Tag.1.Key": "team", "Tag.1.Value": "a + b" },
    });
    const QueueUrl = `${wire.url}/000000000000/mail`;
    const result = `<CreateQueueResult><QueueUrl>${QueueUrl}</QueueUrl></CreateQueueResult>`;
    expect(created).to.deep.equal(answer("CreateQueue", result));
    const attributes = await ask({
      ...{ Action: "GetQueueAttributes", QueueUrl },
      ...{ "AttributeName.1": "DelaySeconds", "AttributeName.2": "VisibilityTimeout" },
    });
    const pairs = [
      "<Attribute><Name>DelaySeconds</Name><Value>5</Value></Attribute>",
      "<Attribute><Name>VisibilityTimeout</Name><Value>7</Value></Attribute>",
    ];
    expect(attributes).to.deep.equal(
      answer(
        "GetQueueAttributes",
        `<GetQueueAttributesResult>${pairs.join("")}</GetQueueAttributesResult>`,
      ),
    );
    expect(await ask({ Action: "ListQueueTags", QueueUrl })).to.deep.equal(
      answer(
        "ListQueueTags",
        "<ListQueueTagsResult><Tag><Key>team</Key><Value>a + b</Value></Tag></ListQueueTagsResult>",
      ),
    );
  });

  it("sends and receives, with attributes, at the queue's own address", async () => {
    await ask(
      {
        ...{ Action: "SendMessage", MessageBody: "<hello>", DelaySeconds: "0" },
        "MessageAttribute.1.Name": "kind",
        "MessageAttribute.1.Value.DataType": "String",
        "MessageAttribute.1.Value.StringValue": "greeting",
      },
      queueUrl,
    );
    const { text } = await ask(
      { Action: "ReceiveMessage", "MessageAttributeName.1": "All", MaxNumberOfMessages: "10" },
      queueUrl,
    );
    expect(text.match(/<Message>/g)).to.have.lengthOf(1);
    expect(text).to.contain("<Body>&lt;hello&gt;</Body>");
    expect(text).to.contain(
      "<MessageAttribute><Name>kind</Name><Value><DataType>String</DataType><StringValue>greeting</StringValue></Value></MessageAttribute>",
    );
  });

  it("answers an empty receive with an empty result, and a deletion with none", async () => {
    expect(await ask({ Action: "ReceiveMessage" }, queueUrl)).to.deep.equal(
      answer("ReceiveMessage", "<ReceiveMessageResult/>"),
    );
    expect(await ask({ Action: "DeleteQueue" }, queueUrl)).to.deep.equal(answer("DeleteQueue", ""));
  });

  it("tells the outcome of each entry of a batch", async () => {
    const { text } = await ask(
      {
        Action: "SendMessageBatch",
        "SendMessageBatchRequestEntry.1.Id": "good",
        "SendMessageBatchRequestEntry.1.MessageBody": "x",
        "SendMessageBatchRequestEntry.2.Id": "bad",
        "SendMessageBatchRequestEntry.2.MessageBody": "x",
        "SendMessageBatchRequestEntry.2.DelaySeconds": "901",
      },
      queueUrl,
    );
    expect(text).to.match(/<SendMessageBatchResultEntry><Id>good<\/Id>/);
    expect(text).to.contain(
      "<BatchResultErrorEntry><Id>bad</Id><SenderFault>true</SenderFault><Code>InvalidParameterValue</Code>",
    );
    expect(wire.queues.peek(wire.queues.list()[0]?.arn ?? "", 10)).to.have.lengthOf(1);
  });

  it("gives errors the codes of that protocol", async () => {
    const { status, text } = await ask({ Action: "ReceiveMessage" }, `${queueUrl}-not`);
    expect(status).to.equal(400);
    expect(text).to.equal(
      '<ErrorResponse xmlns="http://queue.amazonaws.com/doc/2012-11-05/"><Error><Type>Sender</Type><Code>AWS.SimpleQueueService.NonExistentQueue</Code><Message>The specified queue does not exist for this wsdl version.</Message><Detail/></Error><RequestId></RequestId></ErrorResponse>',
    );
  });

  it("takes lists that clients send empty for lists", async () => {
    const empty = await ask(
      { Action: "ReceiveMessage", AttributeNames: "", MessageAttributeNames: "" },
      queueUrl,
    );
    expect(empty.status).to.equal(200);
    const batch = await ask({ Action: "SendMessageBatch", Entries: "" }, queueUrl);
    expect(batch.text).to.contain("<Code>AWS.SimpleQueueService.EmptyBatchRequest</Code>");
  });

  it("does not take actions on the account at a queue's address, nor actions that do not exist", async () => {
    for (const Action of ["CreateQueue", "ListQueues", "Copy"]) {
      const { status, text } = await ask({ Action, QueueName: "another" }, queueUrl);
      expect(status).to.equal(400);
      expect(text).to.contain(
        `<Code>InvalidAction</Code><Message>The action ${Action} is not valid for this endpoint.</Message>`,
      );
    }
    expect(await ask({}, queueUrl)).to.deep.include({
      status: 404,
      text: "<UnknownOperationException/>\n",
    });
  });
});
