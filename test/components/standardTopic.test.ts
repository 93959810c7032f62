import { expect } from "chai";
import { FanoutTopic } from "../../components/index.ts";
import { filesOf } from "../harness/programs/archive.ts";
import { counts, json, namesOf, resource, waitsFor } from "../harness/programs/graph.ts";
import { runProgram } from "../harness/programs/program.ts";

const topicArn = "arn:aws:sns:eu-west-1:123456789012:news-1a2b3c4";
const queueArn = "arn:aws:sqs:eu-west-1:123456789012:news-1a2b3c4-mail";
const handler = "test/fixtures/handlers/echo.ts";

function news() {
  return runProgram(
    () =>
      new FanoutTopic("news", {
        consumers: [{ name: "mail", handler }, { name: "archive" }],
        tags: { team: "press" },
      }),
  );
}

describe("a standard topic with a queue with a handler and one without", () => {
  it("registers exactly these resources", async () => {
    expect(counts(await news())).to.deep.equal({
      "pulumi:pulumi:Stack": 1,
      "fanout:index:FanoutTopic": 1,
      "fanout:index:QueueConsumer": 2,
      "aws:sns/topic:Topic": 1,
      "aws:sns/topicPolicy:TopicPolicy": 1,
      "aws:sns/topicSubscription:TopicSubscription": 2,
      "aws:sqs/queue:Queue": 4,
      "aws:iam/role:Role": 1,
      "aws:iam/rolePolicy:RolePolicy": 1,
      "aws:cloudwatch/logGroup:LogGroup": 1,
      "aws:lambda/function:Function": 1,
      "aws:lambda/eventSourceMapping:EventSourceMapping": 1,
    });
  });

  it("names resources after the consumer, not after its place in the list", async () => {
    const run = await news();
    expect(namesOf(run, "aws:sqs/queue:Queue")).to.deep.equal([
      "news-archive",
      "news-archive-dlq",
      "news-mail",
      "news-mail-dlq",
    ]);
    expect(namesOf(run, "aws:sns/topicSubscription:TopicSubscription")).to.deep.equal([
      "news-archive",
      "news-mail",
    ]);
  });

  it("leaves the topic's name to Pulumi, and signs with SHA-256", async () => {
    const topic = resource(await news(), "aws:sns/topic:Topic", "news");
    expect(topic.inputs).to.deep.equal({ signatureVersion: 2, tags: { team: "press" } });
  });

  it("lets only the owner publish, over TLS", async () => {
    const policy = resource(await news(), "aws:sns/topicPolicy:TopicPolicy", "news");
    expect(policy.inputs.arn).to.equal(topicArn);
    expect(json(policy, "policy")).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "OwnerManages",
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::123456789012:root" },
          Action: [
            "sns:AddPermission",
            "sns:DeleteTopic",
            "sns:GetTopicAttributes",
            "sns:ListSubscriptionsByTopic",
            "sns:Publish",
            "sns:RemovePermission",
            "sns:SetTopicAttributes",
            "sns:Subscribe",
          ],
          Resource: topicArn,
        },
        {
          Sid: "DenyInsecureTransport",
          Effect: "Deny",
          Principal: "*",
          Action: "sns:Publish",
          Resource: topicArn,
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    });
  });

  it("lets only this topic send to the queue", async () => {
    const queue = resource(await news(), "aws:sqs/queue:Queue", "news-mail");
    expect(json(queue, "policy")).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "TopicSends",
          Effect: "Allow",
          Principal: { Service: "sns.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: queueArn,
          Condition: { ArnEquals: { "aws:SourceArn": topicArn } },
        },
        {
          Sid: "DenyInsecureTransport",
          Effect: "Deny",
          Principal: "*",
          Action: "sqs:*",
          Resource: queueArn,
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    });
  });

  it("gives the queue six times the function's timeout, five receives, and encryption", async () => {
    const { policy, ...inputs } = resource(await news(), "aws:sqs/queue:Queue", "news-mail").inputs;
    expect(policy).to.be.a("string");
    expect(inputs).to.deep.equal({
      name: "news-1a2b3c4-mail",
      visibilityTimeoutSeconds: 180,
      maxMessageSize: 1_048_576,
      sqsManagedSseEnabled: true,
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: `${queueArn}-dlq`, maxReceiveCount: 5 }),
      tags: { team: "press" },
    });
  });

  it("keeps dead letters for 14 days, from this queue alone", async () => {
    const { policy, ...inputs } = resource(
      await news(),
      "aws:sqs/queue:Queue",
      "news-mail-dlq",
    ).inputs;
    expect(policy).to.be.a("string").that.does.not.include("TopicSends");
    expect(inputs).to.deep.equal({
      name: "news-1a2b3c4-mail-dlq",
      messageRetentionSeconds: 1_209_600,
      maxMessageSize: 1_048_576,
      sqsManagedSseEnabled: true,
      redriveAllowPolicy: JSON.stringify({
        redrivePermission: "byQueue",
        sourceQueueArns: [queueArn],
      }),
      tags: { team: "press" },
    });
  });

  it("leaves a bare queue's visibility timeout to SQS", async () => {
    const queue = resource(await news(), "aws:sqs/queue:Queue", "news-archive");
    expect(queue.inputs).not.to.have.property("visibilityTimeoutSeconds");
  });

  it("delivers raw messages, unfiltered, without a delivery dead-letter queue", async () => {
    const subscription = resource(
      await news(),
      "aws:sns/topicSubscription:TopicSubscription",
      "news-mail",
    );
    expect(subscription.inputs).to.deep.equal({
      topic: topicArn,
      protocol: "sqs",
      endpoint: queueArn,
      rawMessageDelivery: true,
    });
  });

  it("maps the queue to the function with partial batch responses on", async () => {
    const mapping = resource(
      await news(),
      "aws:lambda/eventSourceMapping:EventSourceMapping",
      "news-mail",
    );
    expect(mapping.inputs).to.deep.equal({
      eventSourceArn: queueArn,
      functionName: "arn:aws:lambda:eu-west-1:123456789012:function:news-mail-1a2b3c4",
      batchSize: 10,
      functionResponseTypes: ["ReportBatchItemFailures"],
      tags: { team: "press" },
    });
  });

  it("gives the function its logs and its queue, and nothing else", async () => {
    const policy = resource(await news(), "aws:iam/rolePolicy:RolePolicy", "news-mail");
    expect(json(policy, "policy")).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "WriteLogs",
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: "arn:aws:logs:eu-west-1:123456789012:log-group:news-mail-1a2b3c4:*",
        },
        {
          Sid: "ConsumeQueue",
          Effect: "Allow",
          Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
          Resource: queueArn,
        },
      ],
    });
  });

  it("lets only Lambda assume the function's role, for functions of the account", async () => {
    const role = resource(await news(), "aws:iam/role:Role", "news-mail");
    expect(json(role, "assumeRolePolicy")).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "LambdaAssumes",
          Effect: "Allow",
          Principal: { Service: "lambda.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
        },
      ],
    });
  });

  it("makes the function for Node 24 on arm64, with a log group of its own", async () => {
    const made = resource(await news(), "aws:lambda/function:Function", "news-mail");
    const { code, ...inputs } = made.inputs;
    expect(await filesOf(code)).to.deep.equal([
      "test/fixtures/handlers/echo.mjs",
      "test/fixtures/handlers/echo.mjs.map",
    ]);
    expect(inputs).to.deep.equal({
      description: "mail of the topic news",
      runtime: "nodejs24.x",
      architectures: ["arm64"],
      handler: "test/fixtures/handlers/echo.handler",
      role: "arn:aws:iam::123456789012:role/news-mail-1a2b3c4",
      memorySize: 256,
      timeout: 30,
      environment: { variables: { NODE_OPTIONS: "--enable-source-maps" } },
      loggingConfig: { logFormat: "JSON", logGroup: "news-mail-1a2b3c4" },
      tags: { team: "press" },
    });
  });

  it("waits where AWS needs it, and only two queue attributes' settling in series", async () => {
    const run = await news();
    const mapping = resource(run, "aws:lambda/eventSourceMapping:EventSourceMapping", "news-mail");
    const rolePolicy = resource(run, "aws:iam/rolePolicy:RolePolicy", "news-mail");
    const queue = resource(run, "aws:sqs/queue:Queue", "news-mail");
    const deadLetters = resource(run, "aws:sqs/queue:Queue", "news-mail-dlq");
    const other = resource(run, "aws:sqs/queue:Queue", "news-archive");
    expect(mapping.dependencies).to.include(rolePolicy.urn);
    expect(waitsFor(run, queue, deadLetters)).to.equal(true);
    expect(waitsFor(run, deadLetters, queue)).to.equal(false);
    expect(waitsFor(run, queue, other)).to.equal(false);
    expect(waitsFor(run, other, queue)).to.equal(false);
  });
});
