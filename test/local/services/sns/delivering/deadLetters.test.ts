import { expect } from "chai";
import type { AccessRequest, Authorize } from "../../../../../local/protocol/access.ts";
import { failingDeliverer } from "../../../../harness/cloud/failingDeliverer.ts";
import { makeTopics, publication } from "../../../../harness/cloud/topics.ts";

const missingQueue = "arn:aws:sqs:eu-west-1:000000000000:gone";
const functionArn = "arn:aws:lambda:eu-west-1:000000000000:function:audit";
const attributes = {
  number: { dataType: "Number", stringValue: "111" },
  binary: { dataType: "Binary", binaryValue: "AgME" },
};

function makeTopic(options: Parameters<typeof makeTopics>[0] = {}) {
  const made = makeTopics(options);
  const { arn } = made.topics.create("orders");
  const { arn: deadLetterArn } = made.queues.create("dlq");
  const redrive = { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetterArn }) };
  return { ...made, arn, deadLetterArn, redrive };
}

describe("a message for a queue that is gone", () => {
  it("goes to the dead-letter queue in the envelope that the queue would have got, at once", async () => {
    const { topics, clock, arn, deadLetterArn, redrive, receive, hops } = makeTopic();
    topics.subscribe(arn, "sqs", missingQueue, redrive);
    const { messageId } = topics.publish(arn, publication("x", { attributes }));
    await clock.advance(60_000);
    const messages = receive(deadLetterArn);
    expect(messages).to.have.length(1);
    expect(messages[0]?.attributes).to.deep.equal({});
    expect(messages[0]?.systemAttributes).to.include({ ApproximateReceiveCount: "1" });
    expect(JSON.parse(messages[0]?.body ?? "")).to.deep.include({
      Type: "Notification",
      MessageId: messageId,
      Message: "x",
      MessageAttributes: {
        number: { Type: "Number", Value: "111" },
        binary: { Type: "Binary", Value: "AgME" },
      },
    });
    expect(hops("retrying")).to.deep.equal([]);
    expect(hops("dropped")).to.deep.equal([]);
    expect(hops("deadLettered")).to.have.length(1);
    expect(hops("deadLettered")[0]).to.include({
      event: messageId,
      from: arn,
      to: deadLetterArn,
      messageId: messages[0]?.messageId,
      reason: `${missingQueue}: The queue ${missingQueue} does not exist.`,
    });
  });

  it("goes there raw with its attributes and no others, where the delivery was to be raw", () => {
    const { topics, arn, deadLetterArn, redrive, receive } = makeTopic();
    topics.subscribe(arn, "sqs", missingQueue, { ...redrive, RawMessageDelivery: "true" });
    topics.publish(arn, publication("x", { attributes }));
    expect(receive(deadLetterArn)[0]).to.deep.include({ body: "x", attributes });
  });

  it("is lost without a dead-letter queue", () => {
    const { topics, arn, hops } = makeTopic();
    topics.subscribe(arn, "sqs", missingQueue);
    const { messageId } = topics.publish(arn, publication("x"));
    expect(hops("dropped")).to.have.length(1);
    expect(hops("dropped")[0]).to.include({
      event: messageId,
      from: arn,
      to: missingQueue,
      reason: `The queue ${missingQueue} does not exist.`,
    });
  });

  it("is lost when the dead-letter queue is gone, too", () => {
    const { topics, queues, arn, deadLetterArn, redrive, hops } = makeTopic();
    topics.subscribe(arn, "sqs", missingQueue, redrive);
    queues.delete(deadLetterArn);
    topics.publish(arn, publication("x"));
    expect(hops("deadLettered")).to.deep.equal([]);
    expect(hops("dropped")[0]?.reason).to.equal(
      `The queue ${missingQueue} does not exist.; and its dead-letter queue rejected it: The queue ${deadLetterArn} does not exist.`,
    );
  });

  it("never goes there when the filter keeps it back", () => {
    const { topics, queues, arn, deadLetterArn, redrive } = makeTopic();
    topics.subscribe(arn, "sqs", missingQueue, { ...redrive, FilterPolicy: '{"a":["x"]}' });
    topics.publish(arn, publication("x"));
    expect(queues.counts(deadLetterArn).visible).to.equal(0);
  });

  it("keeps its group, its deduplication id and its order on the way to a FIFO dead-letter queue", () => {
    const { topics, queues, receive } = makeTopics();
    const { arn } = topics.create("orders.fifo", { FifoTopic: "true" });
    const { arn: deadLetterArn } = queues.create("dlq.fifo", { FifoQueue: "true" });
    topics.subscribe(arn, "sqs", `${missingQueue}.fifo`, {
      RawMessageDelivery: "true",
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetterArn }),
    });
    for (const id of ["1", "2", "3"]) {
      topics.publish(arn, publication(`body ${id}`, { groupId: "g", deduplicationId: id }));
    }
    expect(
      receive(deadLetterArn).map(({ body, systemAttributes }) => [
        body,
        systemAttributes.MessageGroupId,
        systemAttributes.MessageDeduplicationId,
      ]),
    ).to.deep.equal([
      ["body 1", "g", "1"],
      ["body 2", "g", "2"],
      ["body 3", "g", "3"],
    ]);
  });
});

describe("a message that cannot be delivered after all retries", () => {
  it("goes to the dead-letter queue", async () => {
    const http = failingDeliverer(503, 503, 503, 503);
    const { topics, clock, arn, deadLetterArn, redrive, receive, hops } = makeTopic({
      deliverers: { http },
    });
    topics.subscribe(arn, "http", "http://localhost:1/hook", redrive);
    topics.publish(arn, publication("x"));
    await clock.advance(59_999);
    expect(receive(deadLetterArn)).to.deep.equal([]);
    await clock.advance(1);
    expect(JSON.parse(receive(deadLetterArn)[0]?.body ?? "").Message).to.equal("x");
    expect(http.tries()).to.equal(4);
    expect(hops("deadLettered")[0]?.reason).to.equal(
      "http://localhost:1/hook: failed after 3 retries: answered 503",
    );
  });
});

describe("a message for a function", () => {
  it("goes to the dead-letter queue in the envelope of a queue when the function is gone", () => {
    const { topics, functions, arn, deadLetterArn, redrive, receive } = makeTopic();
    topics.subscribe(arn, "lambda", functionArn, redrive);
    functions.remove(functionArn);
    topics.publish(arn, publication("x", { attributes: { n: attributes.number } }));
    const envelope = JSON.parse(receive(deadLetterArn)[0]?.body ?? "");
    expect(envelope).to.include.keys("SigningCertURL", "UnsubscribeURL");
    expect(envelope.MessageAttributes).to.deep.equal({ n: { Type: "Number", Value: "111" } });
  });
});

describe("the permissions of a delivery", () => {
  /** Denies the actions on those resources, and notes every request of SNS. */
  function denying(...denied: string[]) {
    const requests: AccessRequest[] = [];
    const authorize: Authorize = (request) => {
      if (request.principal.kind === "service") requests.push(request);
      const hop = `${request.action} ${request.resource.split(":").at(-1)}`;
      return denied.includes(hop)
        ? { allowed: false, reason: `denied: ${hop}` }
        : { allowed: true };
    };
    return { requests, authorize };
  }

  const sns = { kind: "service", name: "sns.amazonaws.com" };

  it("are asked for SNS in the name of the topic", () => {
    const { requests, authorize } = denying();
    const { topics, queues, arn } = makeTopic({ authorize });
    const { arn: queueArn } = queues.create("audit");
    topics.subscribe(arn, "sqs", queueArn);
    topics.subscribe(arn, "lambda", functionArn);
    topics.publish(arn, publication("x"));
    const context = {
      "aws:SourceArn": arn,
      "aws:SourceAccount": "000000000000",
      "aws:SecureTransport": "true",
    };
    expect(requests).to.deep.equal([
      { principal: sns, action: "sqs:SendMessage", resource: queueArn, context },
      { principal: sns, action: "lambda:InvokeFunction", resource: functionArn, context },
    ]);
  });

  it("of a queue that are missing send the message to the dead-letter queue, and say which", () => {
    const { authorize } = denying("sqs:SendMessage audit");
    const { topics, queues, arn, deadLetterArn, redrive, receive, hops } = makeTopic({ authorize });
    const { arn: queueArn } = queues.create("audit");
    topics.subscribe(arn, "sqs", queueArn, redrive);
    const { messageId } = topics.publish(arn, publication("x"));
    expect(queues.counts(queueArn).visible).to.equal(0);
    expect(receive(deadLetterArn)).to.have.length(1);
    expect(hops("denied")).to.have.length(1);
    expect(hops("denied")[0]).to.include({
      event: messageId,
      from: arn,
      to: queueArn,
      reason: "denied: sqs:SendMessage audit",
    });
    expect(hops("retrying")).to.deep.equal([]);
  });

  it("of a function that are missing lose the message where there is no dead-letter queue", () => {
    const { authorize } = denying("lambda:InvokeFunction audit");
    const { topics, functions, arn, hops } = makeTopic({ authorize });
    topics.subscribe(arn, "lambda", functionArn);
    topics.publish(arn, publication("x"));
    expect(functions.invocations).to.deep.equal([]);
    expect(hops("denied")).to.have.length(1);
    expect(hops("dropped")[0]?.reason).to.equal("denied: lambda:InvokeFunction audit");
  });

  it("of the dead-letter queue that are missing lose the message", () => {
    const { authorize } = denying("sqs:SendMessage dlq");
    const { topics, queues, arn, deadLetterArn, redrive, hops } = makeTopic({ authorize });
    topics.subscribe(arn, "sqs", missingQueue, redrive);
    topics.publish(arn, publication("x"));
    expect(queues.counts(deadLetterArn).visible).to.equal(0);
    expect(hops("denied").map(({ to }) => to)).to.deep.equal([deadLetterArn]);
    expect(hops("dropped").map(({ to }) => to)).to.deep.equal([missingQueue]);
  });

  it("of the key behind a queue are needed, too", () => {
    const { requests, authorize } = denying("kms:Decrypt key/1234");
    const { topics, queues, arn, hops } = makeTopic({ authorize });
    const { arn: queueArn } = queues.create("audit", { KmsMasterKeyId: "1234" });
    topics.subscribe(arn, "sqs", queueArn);
    topics.publish(arn, publication("x"));
    expect(requests.map(({ action }) => action)).to.deep.equal([
      "sqs:SendMessage",
      "kms:GenerateDataKey",
      "kms:Decrypt",
    ]);
    expect(queues.counts(queueArn).visible).to.equal(0);
    expect(hops("denied")[0]?.reason).to.equal("denied: kms:Decrypt key/1234");
  });

  it("of the key that AWS manages for SQS are never there", () => {
    const { topics, queues, arn, hops } = makeTopic();
    const { arn: queueArn } = queues.create("audit", { KmsMasterKeyId: "alias/aws/sqs" });
    topics.subscribe(arn, "sqs", queueArn);
    topics.publish(arn, publication("x"));
    expect(queues.counts(queueArn).visible).to.equal(0);
    expect(hops("denied")[0]?.reason).to.contain("may not use the key alias/aws/sqs");
  });
});
