import {
  PublishBatchCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import * as aws from "@pulumi/aws";
import { expect } from "chai";
import { FanoutTopic } from "../../components/index.ts";
import { topicOutputs } from "../../systems/shared/system.ts";
import { startTestRun, type TestRun } from "../harness/runs/localRun.ts";

/** A topic with a key, and an application that publishes and one that polls, each with a grant only. */
async function program(): Promise<object> {
  const assumeRolePolicy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "ecs-tasks.amazonaws.com" },
        Action: "sts:AssumeRole",
      },
    ],
  });
  const topic = new FanoutTopic("news", {
    consumers: [{ name: "polled" }, { name: "other" }],
    encryption: "kms",
  });
  topic.grantPublish(new aws.iam.Role("publisher", { assumeRolePolicy }));
  topic.grantConsume("polled", new aws.iam.Role("poller", { assumeRolePolicy }));
  return { systems: { news: topicOutputs(topic) } };
}

describe("a role with a grant only", () => {
  let test: TestRun;
  beforeEach(async () => {
    test = await startTestRun([], { program });
  });
  afterEach(() => test.close());

  /** What an SDK's client of an application with that role is configured with. */
  function as(role: string) {
    const { roles } = test.run.cloud.permissions;
    const arn = roles.arns().find((each) => each.includes(`role/${role}`)) ?? "";
    return {
      endpoint: test.run.url,
      region: "eu-west-1",
      credentials: test.run.cloud.permissions.credentials(arn),
    };
  }

  const refusal = (call: Promise<unknown>) =>
    call.then(
      () => "accepted",
      (error: Error) => error.name,
    );

  it("publishes to the topic, and nothing else", async () => {
    const { topicArn: TopicArn } = test.system("news");
    const sns = new SNSClient(as("publisher"));
    const sqs = new SQSClient(as("publisher"));
    const { MessageId } = await sns.send(new PublishCommand({ TopicArn, Message: "one" }));
    expect(MessageId).not.to.equal(undefined);
    const batch = { TopicArn, PublishBatchRequestEntries: [{ Id: "a", Message: "two" }] };
    const { Successful } = await sns.send(new PublishBatchCommand(batch));
    expect(Successful).to.have.lengthOf(1);
    const email = { TopicArn, Protocol: "email", Endpoint: "a@example.com" };
    expect(await refusal(sns.send(new SubscribeCommand(email)))).to.match(/AuthorizationError/);
    const QueueUrl = test.system("news").consumers.polled?.queueUrl ?? "";
    expect(await refusal(sqs.send(new ReceiveMessageCommand({ QueueUrl })))).to.match(
      /AccessDenied/,
    );
    sns.destroy();
    sqs.destroy();
  });

  it("does with its queue what a poller does, and nothing else", async () => {
    const { topicArn: TopicArn, consumers } = test.system("news");
    const sns = new SNSClient(as("publisher"));
    await sns.send(new PublishCommand({ TopicArn, Message: "hello" }));
    await test.settle();
    const sqs = new SQSClient(as("poller"));
    const name = new URL(consumers.polled?.queueUrl ?? "").pathname.split("/").at(-1);
    const { QueueUrl = "" } = await sqs.send(new GetQueueUrlCommand({ QueueName: name }));
    await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }));
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(Messages?.map(({ Body }) => Body)).to.deep.equal(["hello"]);
    const ReceiptHandle = Messages?.[0]?.ReceiptHandle ?? "";
    const extended = { QueueUrl, ReceiptHandle, VisibilityTimeout: 120 };
    await sqs.send(new ChangeMessageVisibilityCommand(extended));
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    const other = consumers.other?.queueUrl ?? "";
    for (const call of [
      sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "x" })),
      sqs.send(new PurgeQueueCommand({ QueueUrl })),
      sqs.send(new ReceiveMessageCommand({ QueueUrl: other })),
    ]) {
      expect(await refusal(call)).to.match(/AccessDenied/);
    }
    sns.destroy();
    sqs.destroy();
  });
});
