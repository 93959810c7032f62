import { expect } from "chai";
import { awsErrorOf } from "../../../../harness/cloud/awsErrors.ts";
import { inGroup, makeQueues, message } from "../../../../harness/cloud/queues.ts";

describe("queue attributes", () => {
  const ranges: [string, number, number][] = [
    ["DelaySeconds", 0, 900],
    ["KmsDataKeyReusePeriodSeconds", 60, 86_400],
    ["MaximumMessageSize", 1024, 1_048_576],
    ["MessageRetentionPeriod", 60, 1_209_600],
    ["ReceiveMessageWaitTimeSeconds", 0, 20],
    ["VisibilityTimeout", 0, 43_200],
  ];
  for (const [name, lowest, highest] of ranges) {
    it(`takes ${name} from ${lowest} to ${highest}`, () => {
      const { queues } = makeQueues();
      const { arn } = queues.create("work", { KmsMasterKeyId: "key" });
      for (const value of [lowest, highest]) {
        queues.setAttributes(arn, { [name]: String(value) });
        expect(queues.attributes(arn, [name])).to.deep.equal({ [name]: String(value) });
      }
      for (const value of [lowest - 1, highest + 1, "", " 60", "60.5", "many"]) {
        expect(
          awsErrorOf(() => queues.setAttributes(arn, { [name]: String(value) })),
        ).to.deep.equal({
          code: "InvalidAttributeValue",
          message: `Invalid value for the parameter ${name}.`,
        });
      }
    });
  }

  it("gives what was asked for, and refuses a name that there is not", () => {
    const { queues, clock } = makeQueues();
    const { arn } = queues.create("work");
    const seconds = String(clock.now() / 1000);
    expect(queues.attributes(arn, ["QueueArn", "CreatedTimestamp"])).to.deep.equal({
      QueueArn: arn,
      CreatedTimestamp: seconds,
    });
    expect(queues.attributes(arn, [])).to.deep.equal({});
    expect(queues.attributes(arn, ["Policy", "RedrivePolicy", "FifoQueue"])).to.deep.equal({});
    expect(awsErrorOf(() => queues.attributes(arn, ["Foobar"]))).to.deep.equal({
      code: "InvalidAttributeName",
      message: "Unknown Attribute Foobar.",
    });
    expect(awsErrorOf(() => queues.setAttributes(arn, { Foobar: "1" })).message).to.equal(
      "Unknown Attribute Foobar.",
    );
  });

  it("gives all attributes of a FIFO queue, counts included", () => {
    const { queues, clock } = makeQueues();
    const { arn } = queues.create("orders.fifo", { FifoQueue: "true" });
    queues.send(arn, inGroup("a", "1"));
    queues.send(arn, inGroup("a", "2"));
    queues.receiveNow(arn, { maxMessages: 1 });
    const seconds = String(clock.now() / 1000);
    expect(queues.attributes(arn, ["All"])).to.deep.equal({
      ApproximateNumberOfMessages: "1",
      ApproximateNumberOfMessagesDelayed: "0",
      ApproximateNumberOfMessagesNotVisible: "1",
      ContentBasedDeduplication: "false",
      CreatedTimestamp: seconds,
      DeduplicationScope: "queue",
      DelaySeconds: "0",
      FifoQueue: "true",
      FifoThroughputLimit: "perQueue",
      LastModifiedTimestamp: seconds,
      MaximumMessageSize: "1048576",
      MessageRetentionPeriod: "345600",
      QueueArn: arn,
      ReceiveMessageWaitTimeSeconds: "0",
      SqsManagedSseEnabled: "true",
      VisibilityTimeout: "30",
    });
  });

  it("notes when it was changed", async () => {
    const { queues, clock } = makeQueues();
    const { arn, createdAt } = queues.create("work");
    await clock.advance(5000);
    queues.setAttributes(arn, { DelaySeconds: "1" });
    expect(queues.get(arn).modifiedAt).to.equal(createdAt + 5000);
    expect(queues.get(arn).createdAt).to.equal(createdAt);
  });

  it("changes nothing when one of several attributes is wrong", () => {
    const { queues } = makeQueues();
    const { arn } = queues.create("work");
    awsErrorOf(() => queues.setAttributes(arn, { DelaySeconds: "5", VisibilityTimeout: "-1" }));
    expect(queues.get(arn).attributes.DelaySeconds).to.equal("0");
  });

  it("unsets policies with an empty text", () => {
    const { queues } = makeQueues();
    const policy = '{"Version":"2012-10-17","Statement":[{"Sid":"one"}]}';
    const { arn } = queues.create("work", { Policy: policy });
    expect(queues.policy(arn)).to.equal(policy);
    queues.setAttributes(arn, { Policy: "", RedrivePolicy: "", RedriveAllowPolicy: "" });
    expect(queues.policy(arn)).to.equal(undefined);
    expect(queues.attributes(arn, ["All"])).not.to.have.any.keys("Policy", "RedrivePolicy");
  });

  describe("for FIFO queues only", () => {
    const refusals = {
      FifoQueue: "Unknown Attribute FifoQueue.",
      ContentBasedDeduplication: "Unknown Attribute ContentBasedDeduplication.",
      DeduplicationScope:
        "You can specify the DeduplicationScope only when FifoQueue is set to true.",
      FifoThroughputLimit:
        "You can specify the FifoThroughputLimit only when FifoQueue is set to true.",
    };
    for (const [name, text] of Object.entries(refusals)) {
      it(`refuses ${name} on a standard queue`, () => {
        const { queues } = makeQueues();
        const refusal = { code: "InvalidAttributeName", message: text };
        expect(awsErrorOf(() => queues.create("work", { [name]: "false" }))).to.deep.equal(refusal);
        const { arn } = queues.create("work");
        expect(awsErrorOf(() => queues.setAttributes(arn, { [name]: "true" }))).to.deep.equal(
          refusal,
        );
      });
    }

    it("lets a FIFO queue be nothing else", () => {
      const { queues } = makeQueues();
      const { arn } = queues.create("orders.fifo", { FifoQueue: "true" });
      queues.setAttributes(arn, { FifoQueue: "true" });
      expect(awsErrorOf(() => queues.setAttributes(arn, { FifoQueue: "false" }))).to.deep.equal({
        code: "InvalidAttributeValue",
        message:
          "Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.",
      });
    });

    it("takes high throughput only with deduplication by group", () => {
      const { queues } = makeQueues();
      const { arn } = queues.create("orders.fifo", { FifoQueue: "true" });
      const alone = { FifoThroughputLimit: "perMessageGroupId" };
      expect(awsErrorOf(() => queues.setAttributes(arn, alone))).to.deep.equal({
        code: "InvalidAttributeValue",
        message:
          "Invalid value for the parameter FifoThroughputLimit. Reason: To set FifoThroughputLimit to perMessageGroupId, the DeduplicationScope must be messageGroup.",
      });
      queues.setAttributes(arn, { ...alone, DeduplicationScope: "messageGroup" });
      expect(
        awsErrorOf(() => queues.setAttributes(arn, { DeduplicationScope: "queue" })).code,
      ).to.equal("InvalidAttributeValue");
    });

    it("applies a new delay to the messages that wait already", async () => {
      const { queues, clock } = makeQueues();
      const { arn } = queues.create("orders.fifo", { FifoQueue: "true", DelaySeconds: "60" });
      queues.send(arn, inGroup("a", "1"));
      await clock.advance(10_000);
      expect(queues.counts(arn)).to.include({ visible: 0, delayed: 1 });
      queues.setAttributes(arn, { DelaySeconds: "5" });
      expect(queues.counts(arn)).to.include({ visible: 1, delayed: 0 });
    });

    it("leaves the waiting messages of a standard queue their delay", () => {
      const { queues } = makeQueues();
      const { arn } = queues.create("work", { DelaySeconds: "60" });
      queues.send(arn, message("1"));
      queues.setAttributes(arn, { DelaySeconds: "0" });
      expect(queues.counts(arn)).to.include({ visible: 0, delayed: 1 });
    });
  });

  describe("for encryption", () => {
    const names = ["KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds", "SqsManagedSseEnabled"];

    it("ends SQS's own encryption with a key, and does not come back to it without", () => {
      const { queues } = makeQueues();
      const { arn } = queues.create("work");
      queues.setAttributes(arn, { KmsMasterKeyId: "key", KmsDataKeyReusePeriodSeconds: "6000" });
      expect(queues.attributes(arn, names)).to.deep.equal({
        KmsMasterKeyId: "key",
        KmsDataKeyReusePeriodSeconds: "6000",
        SqsManagedSseEnabled: "false",
      });
      queues.setAttributes(arn, { KmsMasterKeyId: "", KmsDataKeyReusePeriodSeconds: "300" });
      expect(queues.attributes(arn, names)).to.deep.equal({ SqsManagedSseEnabled: "false" });
    });

    it("ends the key with SQS's own encryption, and refuses both at once", () => {
      const { queues } = makeQueues();
      const { arn } = queues.create("work", { KmsMasterKeyId: "alias/aws/sqs" });
      expect(queues.attributes(arn, names).KmsDataKeyReusePeriodSeconds).to.equal("300");
      queues.setAttributes(arn, { SqsManagedSseEnabled: "true" });
      expect(queues.attributes(arn, names)).to.deep.equal({ SqsManagedSseEnabled: "true" });
      const both = { KmsMasterKeyId: "key", SqsManagedSseEnabled: "true" };
      expect(awsErrorOf(() => queues.setAttributes(arn, both))).to.deep.equal({
        code: "InvalidAttributeName",
        message:
          "You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.",
      });
    });
  });
});
