import { PublishCommand } from "@aws-sdk/client-sns";
import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { FanoutTopic } from "../../components/index.ts";
import { type RunningSystems, startProgram } from "../harness/runs/systems.ts";

/** The program of docs/patterns.md. */
async function program() {
  const orders = new FanoutTopic("orders", {
    consumers: [{ name: "review", filter: { total: [{ numeric: [">=", 500] }] } }],
  });
  const reviews = new FanoutTopic("reviews", { consumers: [{ name: "staff" }] });
  const account = aws.getCallerIdentityOutput().accountId;
  const role = new aws.iam.Role("review-pipe", {
    assumeRolePolicy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "pipes.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "aws:SourceAccount": account } },
        },
      ],
    }),
  });
  const grants = [orders.grantConsume("review", role), reviews.grantPublish(role)];
  const queue = orders.consumers.review?.queue;
  if (queue === undefined) throw new Error("the consumer has no queue");
  const pipe = new aws.pipes.Pipe(
    "review",
    {
      roleArn: role.arn,
      source: queue.arn,
      target: reviews.topicArn,
      targetParameters: { inputTemplate: '{ "order": <$.body> }' },
    },
    { dependsOn: grants },
  );
  return { topicArn: orders.topicArn, queueUrl: queue.url, pipe: pipe.arn };
}

describe("a pipe behind a consumer without a handler, on the local cloud", () => {
  let test: RunningSystems;
  before(async () => {
    test = await startProgram(program);
  });
  after(() => test.cloud.close());

  it("leaves the messages that its subscription lets pass in the queue", async () => {
    const { topicArn, queueUrl, pipe } = test.cloud.outputs;
    expect(pipe).to.match(/^arn:aws:pipes:eu-west-1:000000000000:pipe\/review/);
    for (const total of ["499", "500"]) {
      await test.clients.sns.send(
        new PublishCommand({
          TopicArn: String(topicArn),
          Message: total,
          MessageAttributes: { total: { DataType: "Number", StringValue: total } },
        }),
      );
    }
    await test.cloud.settled();
    const { Attributes } = await test.clients.sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: String(queueUrl),
        AttributeNames: ["ApproximateNumberOfMessages"],
      }),
    );
    expect(Attributes).to.deep.equal({ ApproximateNumberOfMessages: "1" });
  });
});
