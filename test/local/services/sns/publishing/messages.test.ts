import { expect } from "chai";
import type { MessageAttribute } from "../../../../../aws/messageAttributes.ts";
import type { Publication } from "../../../../../local/services/sns/interface.ts";
import { awsErrorOf } from "../../../../harness/cloud/awsErrors.ts";
import { makeTopics, publication } from "../../../../harness/cloud/topics.ts";

function makeTopic(attributes: Record<string, string> = {}) {
  const made = makeTopics();
  const { arn: queueArn } = made.queues.create("audit", { MaximumMessageSize: "1048576" });
  const { arn } = made.topics.create("orders", attributes);
  made.topics.subscribe(arn, "sqs", queueArn, { RawMessageDelivery: "true" });
  const refusal = (message: string, more: Partial<Publication> = {}) =>
    awsErrorOf(() => made.topics.publish(arn, publication(message, more)));
  return { ...made, arn, queueArn, refusal };
}

const invalid = (what: string) => ({
  code: "InvalidParameter",
  message: `Invalid parameter: ${what}`,
});

describe("publishing a message", () => {
  it("tells its id, and nothing of a sequence on a standard topic", () => {
    const { topics, arn, hops } = makeTopic();
    const published = topics.publish(arn, publication("hello"));
    expect(published).to.have.all.keys("messageId");
    expect(hops("published")).to.have.length(1);
    expect(hops("published")[0]).to.deep.include({
      event: published.messageId,
      from: "arn:aws:iam::000000000000:root",
      to: arn,
      messageId: published.messageId,
      body: "hello",
    });
  });

  it("keeps the event that it belongs to", () => {
    const { topics, arn, queueArn, receive, hops } = makeTopic();
    topics.publish(arn, publication("hello", { event: "upload-1" }));
    expect(hops("published")[0]?.event).to.equal("upload-1");
    expect(receive(queueArn)[0]?.event).to.equal("upload-1");
  });

  it("is recorded with its attributes, group and trace header, where it has them", () => {
    const { topics, arn, hops } = makeTopic();
    const attributes = { kind: { dataType: "String", stringValue: "a" } };
    const traceHeader = "Root=1-3152b799-8954dae64eda91bc9a23a7e8";
    topics.publish(arn, publication("x", { attributes, groupId: "tenant-1", traceHeader }));
    topics.publish(arn, publication("y", { attributes: {} }));
    const [full, bare] = hops("published");
    expect(full).to.deep.include({ attributes, groupId: "tenant-1", traceHeader });
    expect(bare).not.to.have.any.keys("attributes", "groupId", "traceHeader");
  });

  it("refuses an empty message and a missing topic", () => {
    const { topics, refusal, queues, queueArn } = makeTopic();
    expect(refusal("")).to.deep.equal(invalid("Empty message"));
    const missing = "arn:aws:sns:eu-west-1:000000000000:other";
    expect(awsErrorOf(() => topics.publish(missing, publication("x")))).to.deep.equal({
      code: "NotFound",
      message: "Topic does not exist",
    });
    expect(queues.counts(queueArn).visible).to.equal(0);
  });

  it("takes subjects of up to 100 characters without control characters", () => {
    const { topics, arn, refusal } = makeTopic();
    topics.publish(arn, publication("x", { subject: "ü".repeat(100) }));
    for (const subject of ["", "x".repeat(101), "a\nb", "a\tb", "a\u007f"]) {
      expect(refusal("x", { subject })).to.deep.equal(invalid("Subject"));
    }
  });

  it("counts the bytes of the text and of the attributes' names, types and values up to 256 KiB", () => {
    const { topics, arn, refusal } = makeTopic();
    const long = "ä".repeat(131_072);
    topics.publish(arn, publication(long));
    expect(refusal(`${long}a`)).to.deep.equal(invalid("Message too long"));
    const attributes = {
      key: { dataType: "String", stringValue: "12345" },
      bin: { dataType: "Binary", binaryValue: Buffer.alloc(10).toString("base64") },
    };
    const size = 3 + 6 + 5 + 3 + 6 + 10;
    topics.publish(arn, publication("a".repeat(262_144 - size), { attributes }));
    expect(refusal("a".repeat(262_144 - size + 1), { attributes })).to.deep.equal(
      invalid("Message too long"),
    );
  });

  it("takes up to 1 MiB where the topic says so", () => {
    const { topics, arn, queueArn, receive, refusal } = makeTopic({
      MaximumMessageSize: "1048576",
    });
    topics.publish(arn, publication("a".repeat(1_048_576)));
    expect(receive(queueArn)[0]?.body).to.have.length(1_048_576);
    expect(refusal("a".repeat(1_048_577)).message).to.contain("Message too long");
  });

  it("takes a message group on a standard topic, for fair queues, but no deduplication id", () => {
    const { topics, arn, queueArn, receive, refusal } = makeTopic();
    topics.publish(arn, publication("x", { groupId: "tenant-1" }));
    expect(receive(queueArn)[0]?.systemAttributes.MessageGroupId).to.equal("tenant-1");
    expect(refusal("x", { deduplicationId: "1" })).to.deep.equal(
      invalid(
        "MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type",
      ),
    );
    expect(refusal("x", { groupId: "a b" }).message).to.contain(
      "MessageGroupId can only include alphanumeric and punctuation characters.",
    );
  });

  it("hands on the trace header", () => {
    const { topics, arn, queueArn, receive } = makeTopic();
    const traceHeader =
      "Root=1-3152b799-8954dae64eda91bc9a23a7e8;Parent=7fa8c0f79203be72;Sampled=1";
    topics.publish(arn, publication("x", { traceHeader }));
    expect(receive(queueArn)[0]?.systemAttributes.AWSTraceHeader).to.equal(traceHeader);
  });
});

describe("the attributes of a message", () => {
  const string: MessageAttribute = { dataType: "String", stringValue: "x" };
  const refused: [string, MessageAttribute, string][] = [
    [
      "attr1",
      { dataType: "String", stringValue: "" },
      "The message attribute 'attr1' must contain non-empty message attribute value for message attribute type 'String'.",
    ],
    [
      "attr1",
      { dataType: "Binary", binaryValue: "" },
      "The message attribute 'attr1' must contain non-empty message attribute value for message attribute type 'Binary'.",
    ],
    [
      "attr1",
      { dataType: "String" },
      "The message attribute 'attr1' must contain non-empty message attribute value for message attribute type 'String'.",
    ],
    [
      "attr1",
      { dataType: "String", binaryValue: "AgME" },
      "The message attribute 'attr1' with type 'String' must use field 'String'.",
    ],
    [
      "attr1",
      { dataType: "Number", binaryValue: "AgME" },
      "The message attribute 'attr1' with type 'Number' must use field 'String'.",
    ],
    [
      "attr1",
      { dataType: "Binary", stringValue: "x" },
      "The message attribute 'attr1' with type 'Binary' must use field 'Binary'.",
    ],
    [
      "attr1",
      { dataType: "StringPrefix", stringValue: "x" },
      "The message attribute 'attr1' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.",
    ],
    [
      "attr1",
      { dataType: "Number", stringValue: "ten" },
      "Could not cast message attribute 'attr1' value to number.",
    ],
    [
      "attr1",
      { dataType: "Number.int", stringValue: "ten" },
      "Could not cast message attribute 'attr1' value to number.",
    ],
    [
      "attr1",
      { dataType: "BigNumber", stringValue: "1" },
      "The message attribute 'attr1' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.",
    ],
    ["a".repeat(257), string, "Length of message attribute name must be less than 256 bytes."],
    [
      "a^b",
      string,
      "Invalid non-alphanumeric character '#x5E' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.",
    ],
    [".a", string, "Invalid message attribute name starting with character '.' was found."],
    ["a.", string, "Invalid message attribute name ending with character '.' was found."],
    ["a..b", string, "Message attribute name can not have successive '.' character."],
  ];
  for (const [name, attribute, message] of refused) {
    it(`are refused: ${message}`, () => {
      const { refusal, queues, queueArn } = makeTopic();
      expect(refusal("x", { attributes: { [name]: attribute } })).to.deep.equal({
        code: "ParameterValueInvalid",
        message,
      });
      expect(queues.counts(queueArn).visible).to.equal(0);
    });
  }

  it("may carry a label behind their type", () => {
    const { topics, arn } = makeTopic();
    const attributes = {
      "a.b-c_d": { dataType: "Number.int", stringValue: "-1.5e3" },
      list: { dataType: "String.Array", stringValue: "[]" },
      image: { dataType: "Binary.jpg", binaryValue: "AgME" },
      text: { dataType: "String.Binary", stringValue: "x" },
      digits: { dataType: "String.Number", stringValue: "x" },
      ["L".repeat(256)]: string,
    };
    expect(topics.publish(arn, publication("x", { attributes })).messageId).to.be.a("string");
  });
});

describe("a message with a structure", () => {
  const json = (texts: unknown) => ({
    message: JSON.stringify(texts),
    messageStructure: "json" as const,
  });

  it("has a text for each protocol, and default for the others", () => {
    const { topics, outbox, arn, queueArn, receive } = makeTopic();
    topics.subscribe(arn, "sms", "+15550100");
    const texts = { default: "for all", sqs: '{"field": "value"}', lambda: 5, unknown: "x" };
    topics.publish(arn, publication("", json(texts)));
    expect(receive(queueArn)[0]?.body).to.equal('{"field": "value"}');
    expect(outbox.list().map(({ text }) => text)).to.deep.equal(["for all"]);
  });

  it("must be a JSON object with a text as default", () => {
    const { topics, arn, refusal } = makeTopic();
    const noDefault = invalid("Message Structure - No default entry in JSON message body");
    expect(refusal("", json({ sqs: "x" }))).to.deep.equal(noDefault);
    expect(refusal("", json({ default: { a: 1 } }))).to.deep.equal(noDefault);
    for (const other of [["default"], "default", 5, null]) {
      expect(refusal("", json(other))).to.deep.equal(noDefault);
    }
    expect(refusal("{default", { messageStructure: "json" })).to.deep.equal(
      invalid("Message Structure - JSON message body failed to parse"),
    );
    const twice = '{"default": "one", "default": "two"}';
    expect(topics.publish(arn, publication(twice, { messageStructure: "json" })).messageId).to.be.a(
      "string",
    );
  });

  it("is filtered by the text of the protocol", () => {
    const { topics, queues, arn, receive } = makeTopic();
    const { arn: other } = queues.create("other");
    topics.subscribe(arn, "sqs", other, {
      RawMessageDelivery: "true",
      FilterPolicy: '{"kind":["a"]}',
      FilterPolicyScope: "MessageBody",
    });
    topics.publish(arn, publication("", json({ default: '{"kind":"a"}', sqs: '{"kind":"b"}' })));
    expect(receive(other)).to.deep.equal([]);
    topics.publish(arn, publication("", json({ default: "none", sqs: '{"kind":"a"}' })));
    expect(receive(other)).to.have.length(1);
  });
});

describe("publishing a batch", () => {
  const entries = (...ids: string[]) => ids.map((id) => ({ ...publication(`body ${id}`), id }));

  it("tells the id of each message", () => {
    const { topics, arn, queueArn, receive } = makeTopic();
    const successful = topics.publishBatch(arn, entries("1", "b_2-x"));
    expect(successful.map(({ id }) => id)).to.deep.equal(["1", "b_2-x"]);
    expect(new Set(successful.map(({ messageId }) => messageId)).size).to.equal(2);
    expect(receive(queueArn).map(({ body }) => body)).to.deep.equal(["body 1", "body b_2-x"]);
  });

  it("takes ten messages of 256 KiB together, with ids of 80 characters", () => {
    const { topics, arn, queueArn, queues } = makeTopic();
    const ids = Array.from({ length: 10 }, (_, index) => String(index).padStart(80, "i"));
    const batch = entries(...ids).map((entry) => ({ ...entry, message: "x".repeat(26_214) }));
    batch[0] = { ...publication("x".repeat(26_218)), id: "first" };
    topics.publishBatch(arn, batch);
    expect(queues.counts(queueArn).visible).to.equal(10);
  });

  const refused: [string, ReturnType<typeof entries>, { code: string; message: string }][] = [
    [
      "without entries",
      [],
      {
        code: "EmptyBatchRequest",
        message: "The batch request doesn't contain any entries.",
      },
    ],
    [
      "of 11",
      entries(..."abcdefghijk"),
      {
        code: "TooManyEntriesInBatchRequest",
        message: "The batch request contains more entries than permissible.",
      },
    ],
    [
      "with one id twice",
      entries("1", "1"),
      {
        code: "BatchEntryIdsNotDistinct",
        message: "Two or more batch entries in the request have the same Id.",
      },
    ],
    [
      "with a strange id",
      entries("a.b"),
      {
        code: "InvalidBatchEntryId",
        message:
          "The Id of a batch entry in the batch request contains an impermissible character: a.b",
      },
    ],
    [
      "with a strange id of 80 characters",
      entries(`${"a".repeat(79)}.`),
      {
        code: "InvalidBatchEntryId",
        message: `The Id of a batch entry in the batch request contains an impermissible character: ${"a".repeat(79)}.`,
      },
    ],
    [
      "with a long id",
      entries("a".repeat(81)),
      {
        code: "InvalidBatchEntryId",
        message: `The Id of a batch entry in the batch request is too long: ${"a".repeat(81)}`,
      },
    ],
    [
      "that is too long together",
      [
        { ...publication("a".repeat(200_000)), id: "1" },
        { ...publication("a".repeat(62_145)), id: "2" },
      ],
      {
        code: "BatchRequestTooLong",
        message: "The length of all the messages put together is more than the limit.",
      },
    ],
    [
      "with one message that is refused",
      [...entries("1"), { ...publication("{}", { messageStructure: "json" }), id: "2" }],
      invalid("Message Structure - No default entry in JSON message body"),
    ],
  ];
  for (const [what, batch, error] of refused) {
    it(`refuses one ${what}, as a whole`, () => {
      const { topics, queues, arn, queueArn } = makeTopic();
      expect(awsErrorOf(() => topics.publishBatch(arn, batch))).to.deep.equal(error);
      expect(queues.counts(queueArn).visible).to.equal(0);
    });
  }
});
