import {
  ChangeMessageVisibilityBatchCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SQSClient,
  type SQSServiceException,
  StartMessageMoveTaskCommand,
} from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { type AccessRequest, owner } from "../../../../../local/protocol/access.ts";
import { serveSqs } from "../../../../harness/endpoints/sqsWire.ts";

const work = "arn:aws:sqs:eu-west-1:000000000000:work";

describe("permissions on the SQS wire", () => {
  /** A wire that asks, notes what it asked, and denies the actions given. */
  async function serveGuarded(denied: readonly string[] = []) {
    const asked: AccessRequest[] = [];
    const wire = await serveSqs((request) => {
      asked.push(request);
      if (!denied.includes(request.action)) return { allowed: true };
      return { allowed: false, reason: "No statement allows it." };
    });
    return { ...wire, asked, QueueUrl: `${wire.url}/000000000000/work` };
  }

  const calls: [string, string, (client: SQSClient, QueueUrl: string) => Promise<object>][] = [
    [
      "sqs:CreateQueue",
      work,
      (client) => client.send(new CreateQueueCommand({ QueueName: "work" })),
    ],
    [
      "sqs:GetQueueUrl",
      work,
      (client) => client.send(new GetQueueUrlCommand({ QueueName: "work" })),
    ],
    [
      "sqs:ListQueues",
      "arn:aws:sqs:eu-west-1:000000000000:*",
      (client) => client.send(new ListQueuesCommand({})),
    ],
    [
      "sqs:SendMessage",
      work,
      (client, QueueUrl) => client.send(new SendMessageCommand({ QueueUrl, MessageBody: "x" })),
    ],
    [
      "sqs:SendMessage",
      work,
      (client, QueueUrl) =>
        client.send(
          new SendMessageBatchCommand({ QueueUrl, Entries: [{ Id: "a", MessageBody: "x" }] }),
        ),
    ],
    [
      "sqs:ReceiveMessage",
      work,
      (client, QueueUrl) => client.send(new ReceiveMessageCommand({ QueueUrl })),
    ],
    [
      "sqs:DeleteMessage",
      work,
      (client, QueueUrl) =>
        client.send(
          new DeleteMessageBatchCommand({ QueueUrl, Entries: [{ Id: "a", ReceiptHandle: "x" }] }),
        ),
    ],
    [
      "sqs:ChangeMessageVisibility",
      work,
      (client, QueueUrl) =>
        client.send(
          new ChangeMessageVisibilityBatchCommand({
            QueueUrl,
            Entries: [{ Id: "a", ReceiptHandle: "x", VisibilityTimeout: 0 }],
          }),
        ),
    ],
    [
      "sqs:StartMessageMoveTask",
      work,
      (client) => client.send(new StartMessageMoveTaskCommand({ SourceArn: work })),
    ],
  ];
  for (const [action, resource, call] of calls) {
    it(`asks for ${action} on ${resource.split(":").at(-1)}, and denies with the reason`, async () => {
      const wire = await serveGuarded([action]);
      wire.queues.create("work");
      const error: SQSServiceException = await call(wire.client, wire.QueueUrl).then(
        () => expect.fail("allowed"),
        (reason) => reason,
      );
      expect(error).to.include({
        name: "AccessDenied",
        message: `User: arn:aws:iam::000000000000:root is not authorized to perform: ${action.toLowerCase()} on resource: ${resource}. No statement allows it.`,
      });
      expect(error.$metadata.httpStatusCode).to.equal(403);
      expect(wire.asked).to.deep.equal([
        { principal: owner, action, resource, context: { "aws:SecureTransport": "true" } },
      ]);
      expect(wire.queues.counts(work).visible).to.equal(0);
      await wire.close();
    });
  }

  it("asks for the right to tag where a queue is made with tags", async () => {
    const wire = await serveGuarded(["sqs:TagQueue"]);
    const command = new CreateQueueCommand({ QueueName: "work", tags: { a: "1" } });
    const error = await wire.client.send(command).catch((reason) => reason);
    expect(error).to.include({ name: "AccessDenied" });
    expect(wire.queues.find(work)).to.equal(undefined);
    await wire.close();
  });

  it("asks for the queue's own key, where it has one", async () => {
    const wire = await serveGuarded(["kms:Decrypt"]);
    wire.queues.create("work", { KmsMasterKeyId: "1234abcd" });
    const command = new SendMessageCommand({ QueueUrl: wire.QueueUrl, MessageBody: "x" });
    const error = await wire.client.send(command).catch((reason) => reason);
    expect(error).to.include({ name: "KmsAccessDenied" });
    expect(error.message).to.contain("arn:aws:kms:eu-west-1:000000000000:key/1234abcd");
    expect(wire.asked.map(({ action }) => action)).to.deep.equal([
      "sqs:SendMessage",
      "kms:GenerateDataKey",
      "kms:Decrypt",
    ]);
    const receive = new ReceiveMessageCommand({ QueueUrl: wire.QueueUrl });
    expect(await wire.client.send(receive).catch((reason) => reason.name)).to.equal(
      "KmsAccessDenied",
    );
    await wire.close();
  });

  it("asks for no key that SQS manages itself", async () => {
    const wire = await serveGuarded(["kms:Decrypt", "kms:GenerateDataKey"]);
    wire.queues.create("work", { KmsMasterKeyId: "alias/aws/sqs" });
    const command = new SendMessageCommand({ QueueUrl: wire.QueueUrl, MessageBody: "x" });
    expect((await wire.client.send(command)).MessageId).to.have.length(36);
    await wire.close();
  });
});
