import { expect } from "chai";
import { awsErrorOf } from "../../../../harness/cloud/awsErrors.ts";
import { makeQueues } from "../../../../harness/cloud/queues.ts";

const arnOf = (name: string) => `arn:aws:sqs:eu-west-1:000000000000:${name}`;

describe("redrive policies", () => {
  function errorOf(policy: unknown, name = "work") {
    const { queues } = makeQueues();
    queues.create("dead");
    queues.create("dead.fifo", { FifoQueue: "true" });
    const text = typeof policy === "string" ? policy : JSON.stringify(policy);
    const fifo: Record<string, string> = name.endsWith(".fifo") ? { FifoQueue: "true" } : {};
    const error = awsErrorOf(() => queues.create(name, { ...fifo, RedrivePolicy: text }));
    expect(queues.find(arnOf(name))).to.equal(undefined);
    return error;
  }

  it("takes a count as a number or a text, and keeps it as a number", () => {
    const { queues } = makeQueues();
    queues.create("dead");
    const text = `{ "deadLetterTargetArn": "${arnOf("dead")}", "maxReceiveCount": "42" }`;
    const { arn } = queues.create("work", { RedrivePolicy: text });
    expect(queues.attributes(arn, ["RedrivePolicy"]).RedrivePolicy).to.equal(
      JSON.stringify({ deadLetterTargetArn: arnOf("dead"), maxReceiveCount: 42 }),
    );
    expect(queues.deadLetterSources(arnOf("dead")).map(({ name }) => name)).to.deep.equal(["work"]);
  });

  for (const text of [" ", "5", "[]", "null", "{"]) {
    it(`refuses ${text} for not being a map`, () => {
      expect(errorOf(text)).to.deep.equal({
        code: "InvalidAttributeValue",
        message:
          "Invalid value for the parameter RedrivePolicy. Reason: Redrive policy is not a valid JSON map.",
      });
    });
  }

  const reasons: [object, string][] = [
    [{}, "Redrive policy does not contain mandatory attribute: maxReceiveCount."],
    [
      { maxReceiveCount: 5 },
      "Redrive policy does not contain mandatory attribute: deadLetterTargetArn.",
    ],
    [
      { deadLetterTargetArn: arnOf("dead"), maxReceiveCount: 0 },
      "Invalid value for maxReceiveCount: 0, valid values are from 1 to 1000 both inclusive.",
    ],
    [
      { deadLetterTargetArn: arnOf("dead"), maxReceiveCount: 1001 },
      "Invalid value for maxReceiveCount: 1001, valid values are from 1 to 1000 both inclusive.",
    ],
    [
      { deadLetterTargetArn: arnOf("dead"), maxReceiveCount: 2.5 },
      "Invalid value for maxReceiveCount: 2.5, valid values are from 1 to 1000 both inclusive.",
    ],
    [
      { deadLetterTargetArn: "dummy", maxReceiveCount: 42 },
      "Invalid value for deadLetterTargetArn.",
    ],
    [
      { deadLetterTargetArn: "arn:aws:sns:eu-west-1:000000000000:topic", maxReceiveCount: 5 },
      "Only SQS queues are valid resources for deadLetterTargetArn.",
    ],
    [
      { deadLetterTargetArn: arnOf("missing"), maxReceiveCount: 5 },
      "Dead letter target does not exist.",
    ],
    [
      { deadLetterTargetArn: arnOf("dead.fifo"), maxReceiveCount: 5 },
      "Dead-letter queue must be same type of queue as the source..",
    ],
    [
      { deadLetterTargetArn: arnOf("dead"), maxReceiveCount: 5, dummy: 1 },
      "Only following attributes are supported: [maxReceiveCount, deadLetterTargetArn].",
    ],
  ];
  for (const [policy, reason] of reasons) {
    it(`refuses ${JSON.stringify(policy)}`, () => {
      expect(errorOf(policy)).to.deep.equal({
        code: "InvalidParameterValue",
        message: `Value ${JSON.stringify(policy)} for parameter RedrivePolicy is invalid. Reason: ${reason}`,
      });
    });
  }

  it("is checked when it is set later, too", () => {
    const { queues } = makeQueues();
    const { arn } = queues.create("work");
    const policy = JSON.stringify({ deadLetterTargetArn: arnOf("missing"), maxReceiveCount: 5 });
    const set = () => queues.setAttributes(arn, { RedrivePolicy: policy });
    expect(awsErrorOf(set).message).to.match(/Dead letter target does not exist\.$/);
    expect(queues.attributes(arn, ["RedrivePolicy"])).to.deep.equal({});
  });

  it("refuses a standard dead-letter queue for a FIFO queue", () => {
    const policy = { deadLetterTargetArn: arnOf("dead"), maxReceiveCount: 5 };
    expect(errorOf(policy, "orders.fifo").message).to.match(/must be same type of queue/);
  });
});

describe("redrive allow policies", () => {
  const unsupported = {
    code: "InvalidAttributeValue",
    message:
      "Invalid value for the parameter RedriveAllowPolicy. Reason: Amazon SQS can't create the redrive allow policy, as it's in an unsupported format.",
  };

  for (const policy of [
    "bad",
    "[]",
    "{}",
    '{"redrivePermission":"some"}',
    '{"redrivePermission":"allowAll","dummy":1}',
    '{"redrivePermission":"byQueue","sourceQueueArns":"arn"}',
    '{"redrivePermission":"byQueue","sourceQueueArns":[1]}',
  ]) {
    it(`refuses ${policy} for its form`, () => {
      const { queues } = makeQueues();
      const create = () => queues.create("dead", { RedriveAllowPolicy: policy });
      expect(awsErrorOf(create)).to.deep.equal(unsupported);
    });
  }

  const incomplete: [object, string][] = [
    [{ redrivePermission: "byQueue" }, "When you specify the byQueue permission type"],
    [
      { redrivePermission: "byQueue", sourceQueueArns: [] },
      "When you specify the byQueue permission type",
    ],
    [
      { redrivePermission: "byQueue", sourceQueueArns: Array(11).fill(arnOf("work")) },
      "The maximum number of source queue ARNs you can specify is 10",
    ],
    [
      { redrivePermission: "denyAll", sourceQueueArns: [arnOf("work")] },
      "you must set redrivePermission to byQueue",
    ],
  ];
  for (const [policy, reason] of incomplete) {
    it(`refuses ${JSON.stringify(policy).slice(0, 60)}`, () => {
      const { queues } = makeQueues();
      const create = () => queues.create("dead", { RedriveAllowPolicy: JSON.stringify(policy) });
      const { code, message } = awsErrorOf(create);
      expect(code).to.equal("InvalidParameterValue");
      expect(message).to.contain(reason);
    });
  }

  const permissions: [object, boolean][] = [
    [{ redrivePermission: "allowAll" }, true],
    [{ redrivePermission: "denyAll" }, false],
    [{ redrivePermission: "byQueue", sourceQueueArns: [arnOf("work")] }, true],
    [{ redrivePermission: "byQueue", sourceQueueArns: [arnOf("other")] }, false],
  ];
  for (const [policy, allowed] of permissions) {
    it(`${allowed ? "lets" : "does not let"} a queue name it under ${JSON.stringify(policy)}`, () => {
      const { queues } = makeQueues();
      queues.create("dead", { RedriveAllowPolicy: JSON.stringify(policy) });
      const redrive = { deadLetterTargetArn: arnOf("dead"), maxReceiveCount: 5 };
      const create = () => queues.create("work", { RedrivePolicy: JSON.stringify(redrive) });
      if (allowed) expect(create().name).to.equal("work");
      else expect(awsErrorOf(create).code).to.equal("InvalidParameterValue");
    });
  }
});
