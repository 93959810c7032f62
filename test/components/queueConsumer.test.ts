import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import {
  FanoutTopic,
  type FanoutTopicArgs,
  type QueueConsumerSpec,
} from "../../components/index.ts";
import { json, namesOf, resource } from "../harness/programs/graph.ts";
import { runProgram } from "../harness/programs/program.ts";

const entry = "test/fixtures/handlers/echo.ts";
const mapping = "aws:lambda/eventSourceMapping:EventSourceMapping";

function news(mail: Omit<QueueConsumerSpec, "name">, args: Partial<FanoutTopicArgs> = {}) {
  return runProgram(
    () => new FanoutTopic("news", { consumers: [{ name: "mail", ...mail }], ...args }),
  );
}

describe("a queue consumer", () => {
  it("passes every setting to its queue", async () => {
    const run = await news({
      delaySeconds: 5,
      visibilityTimeoutSeconds: 100,
      retentionSeconds: 3600,
      maxReceiveCount: 7,
      deadLetter: { retentionSeconds: 86_400 },
    });
    const queue = resource(run, "aws:sqs/queue:Queue", "news-mail");
    expect(queue.inputs).to.include({
      delaySeconds: 5,
      visibilityTimeoutSeconds: 100,
      messageRetentionSeconds: 3600,
    });
    expect(json(queue, "redrivePolicy")).to.have.property("maxReceiveCount", 7);
    const deadLetters = resource(run, "aws:sqs/queue:Queue", "news-mail-dlq");
    expect(deadLetters.inputs).to.include({ messageRetentionSeconds: 86_400 });
  });

  it("moves dead letters after five receives, or as many as are known when deployed", async () => {
    const deadLetterTargetArn = "arn:aws:sqs:eu-west-1:123456789012:news-1a2b3c4-mail-dlq";
    const redrivePolicy = async (maxReceiveCount?: pulumi.Input<number>) =>
      json(
        resource(await news({ maxReceiveCount }), "aws:sqs/queue:Queue", "news-mail"),
        "redrivePolicy",
      );
    expect(await redrivePolicy()).to.deep.equal({ deadLetterTargetArn, maxReceiveCount: 5 });
    expect(await redrivePolicy(pulumi.output(7))).to.deep.equal({
      deadLetterTargetArn,
      maxReceiveCount: 7,
    });
  });

  it("lets nobody use its queues without TLS, for whatever action", async () => {
    const run = await news({ subscriptionDeadLetter: true });
    for (const queue of ["news-mail", "news-mail-dlq", "news-mail-undelivered"]) {
      const policy = json(resource(run, "aws:sqs/queue:Queue", queue), "policy");
      expect(policy, queue)
        .to.have.property("Statement")
        .that.deep.includes({
          Sid: "DenyInsecureTransport",
          Effect: "Deny",
          Principal: "*",
          Action: "sqs:*",
          Resource: `arn:aws:sqs:eu-west-1:123456789012:${queue.replace("news-", "news-1a2b3c4-")}`,
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        });
    }
  });

  it("adds the batch window to six times the timeout", async () => {
    const run = await news({
      handler: { entry, timeoutSeconds: 20 },
      batchSize: 100,
      batchWindowSeconds: 30,
    });
    const queue = resource(run, "aws:sqs/queue:Queue", "news-mail");
    expect(queue.inputs).to.include({ visibilityTimeoutSeconds: 150 });
    expect(resource(run, mapping, "news-mail").inputs).to.include({
      batchSize: 100,
      maximumBatchingWindowInSeconds: 30,
    });
  });

  it("follows a timeout that is an Output", async () => {
    const run = await news({ handler: { entry, timeoutSeconds: pulumi.output(40) } });
    const queue = resource(run, "aws:sqs/queue:Queue", "news-mail");
    expect(queue.inputs).to.include({ visibilityTimeoutSeconds: 240 });
  });

  it("limits its concurrency, or keeps pollers ready", async () => {
    const limited = await news({ handler: entry, maxConcurrency: 5 });
    expect(resource(limited, mapping, "news-mail").inputs)
      .to.have.property("scalingConfig")
      .that.deep.equals({ maximumConcurrency: 5 });
    const ready = await news({ handler: entry, provisionedPollers: { minimum: 2, maximum: 20 } });
    expect(resource(ready, mapping, "news-mail").inputs)
      .to.have.property("provisionedPollerConfig")
      .that.deep.equals({ minimumPollers: 2, maximumPollers: 20 });
  });

  it("filters by attributes, or by the body", async () => {
    const subscription = "aws:sns/topicSubscription:TopicSubscription";
    const byAttribute = await news({ filter: { kind: ["flash"] } });
    expect(resource(byAttribute, subscription, "news-mail").inputs).to.include({
      filterPolicy: '{"kind":["flash"]}',
      filterPolicyScope: "MessageAttributes",
    });
    const byBody = await news({ filter: { kind: ["flash"] }, filterScope: "MessageBody" });
    expect(resource(byBody, subscription, "news-mail").inputs).to.include({
      filterPolicyScope: "MessageBody",
    });
  });

  it("escapes quotes and backslashes of attributes twice, those of a body once", async () => {
    const policyOf = async (filterScope: "MessageAttributes" | "MessageBody") => {
      const run = await news({ filter: { said: ['"hi"', "C:\\"] }, filterScope });
      return resource(run, "aws:sns/topicSubscription:TopicSubscription", "news-mail").inputs
        .filterPolicy;
    };
    expect(await policyOf("MessageAttributes")).to.equal(
      String.raw`{"said":["\\\"hi\\\"","C:\\\\"]}`,
    );
    expect(await policyOf("MessageBody")).to.equal(String.raw`{"said":["\"hi\"","C:\\"]}`);
  });

  it("receives SNS's envelope without raw delivery", async () => {
    const run = await news({ rawDelivery: false });
    expect(
      resource(run, "aws:sns/topicSubscription:TopicSubscription", "news-mail").inputs,
    ).to.include({ rawMessageDelivery: false });
  });

  it("keeps what SNS cannot deliver, in a queue that the topic may send to", async () => {
    const run = await news({ subscriptionDeadLetter: true });
    const undelivered = resource(run, "aws:sqs/queue:Queue", "news-mail-undelivered");
    expect(json(undelivered, "policy")).to.have.nested.property("Statement[0].Sid", "TopicSends");
    expect(undelivered.inputs).to.include({ messageRetentionSeconds: 1_209_600 });
    const subscription = resource(run, "aws:sns/topicSubscription:TopicSubscription", "news-mail");
    expect(json(subscription, "redrivePolicy")).to.deep.equal({
      deadLetterTargetArn: "arn:aws:sqs:eu-west-1:123456789012:news-1a2b3c4-mail-undelivered",
    });
  });

  it("gives the handler its environment, its rights and its limits", async () => {
    const run = await news({
      handler: {
        entry,
        memoryMb: 512,
        environment: { TABLE: pulumi.output("t") },
        permissions: [
          {
            Effect: "Allow",
            Action: "dynamodb:PutItem",
            Resource: "arn:aws:dynamodb:eu-west-1:1:table/t",
          },
        ],
        reservedConcurrency: 5,
        logRetentionDays: 7,
      },
      maxConcurrency: 5,
    });
    expect(resource(run, "aws:lambda/function:Function", "news-mail").inputs)
      .to.include({ memorySize: 512, reservedConcurrentExecutions: 5 })
      .and.to.have.property("environment")
      .that.deep.equals({ variables: { TABLE: "t", NODE_OPTIONS: "--enable-source-maps" } });
    expect(resource(run, "aws:cloudwatch/logGroup:LogGroup", "news-mail").inputs).to.deep.equal({
      retentionInDays: 7,
    });
    const policy = json(resource(run, "aws:iam/rolePolicy:RolePolicy", "news-mail"), "policy");
    expect(policy).to.have.property("Statement").that.has.lengthOf(3).and.deep.includes({
      Effect: "Allow",
      Action: "dynamodb:PutItem",
      Resource: "arn:aws:dynamodb:eu-west-1:1:table/t",
    });
  });

  it("works with a function that exists, and adds to its role what the queue needs", async () => {
    const run = await runProgram(() => {
      const existing = new aws.lambda.Function("existing", {
        role: "arn:aws:iam::123456789012:role/service/existing-role",
        timeout: 60,
      });
      return new FanoutTopic("news", { consumers: [{ name: "mail", handler: existing }] });
    });
    expect(namesOf(run, "aws:lambda/function:Function")).to.deep.equal(["existing"]);
    expect(namesOf(run, "aws:iam/role:Role")).to.deep.equal([]);
    const policy = resource(run, "aws:iam/rolePolicy:RolePolicy", "news-mail");
    expect(policy.inputs.role).to.equal("existing-role");
    expect(json(policy, "policy")).to.have.nested.property("Statement.length", 1);
    expect(resource(run, "aws:sqs/queue:Queue", "news-mail").inputs).to.include({
      visibilityTimeoutSeconds: 360,
    });
  });

  it("works with an alias that exists, by its ARN", async () => {
    const functionArn = "arn:aws:lambda:eu-west-1:123456789012:function:charge:live";
    const run = await news({ handler: { functionArn } });
    const mapping = resource(run, "aws:lambda/eventSourceMapping:EventSourceMapping", "news-mail");
    expect(mapping.inputs).to.include({ functionName: functionArn });
    expect(namesOf(run, "aws:iam/rolePolicy:RolePolicy")).to.deep.equal(["news-mail"]);
    expect(namesOf(run, "aws:iam/role:Role")).to.deep.equal([]);
  });

  it("is changed by the transforms, for this consumer by name", async () => {
    const seen: string[] = [];
    const run = await news(
      { handler: entry },
      {
        transform: {
          topic: (args) => ({ ...args, displayName: "News" }),
          queue: (args, consumer) => {
            seen.push(consumer);
            return { ...args, receiveWaitTimeSeconds: 20 };
          },
          function: (args) => ({ ...args, memorySize: 2048 }),
        },
      },
    );
    expect(seen).to.deep.equal(["mail"]);
    expect(resource(run, "aws:sns/topic:Topic", "news").inputs).to.include({ displayName: "News" });
    expect(resource(run, "aws:sqs/queue:Queue", "news-mail").inputs).to.include({
      receiveWaitTimeSeconds: 20,
    });
    expect(resource(run, "aws:sqs/queue:Queue", "news-mail-dlq").inputs).not.to.have.property(
      "receiveWaitTimeSeconds",
    );
    expect(resource(run, "aws:lambda/function:Function", "news-mail").inputs).to.include({
      memorySize: 2048,
    });
  });

  it("may live in another region than the topic", async () => {
    const run = await news({ handler: entry, region: "us-east-1" });
    const queue = resource(run, "aws:sqs/queue:Queue", "news-mail");
    expect(queue.inputs).to.include({ region: "us-east-1" });
    expect(json(queue, "policy")).to.have.nested.property(
      "Statement[0].Resource",
      "arn:aws:sqs:us-east-1:123456789012:news-1a2b3c4-mail",
    );
    for (const type of [
      "aws:lambda/function:Function",
      mapping,
      "aws:cloudwatch/logGroup:LogGroup",
    ]) {
      expect(resource(run, type, "news-mail").inputs, type).to.include({ region: "us-east-1" });
    }
    expect(
      resource(run, "aws:sns/topicSubscription:TopicSubscription", "news-mail").inputs,
    ).not.to.have.property("region");
  });
});

describe("retries of a queue consumer", () => {
  const functionType = "aws:lambda/function:Function";
  const queueArn = "arn:aws:sqs:eu-west-1:123456789012:news-1a2b3c4-mail";

  async function retried(
    retries: QueueConsumerSpec["retries"],
    args: Partial<FanoutTopicArgs> = {},
  ) {
    const run = await news({ handler: { entry, timeoutSeconds: 20 }, retries }, args);
    const policy = json(resource(run, "aws:iam/rolePolicy:RolePolicy", "news-mail"), "policy");
    const { environment } = resource(run, functionType, "news-mail").inputs;
    return { policy, variables: variablesOf(environment) };
  }

  it("grant nothing and set nothing unless they are asked for", async () => {
    for (const retries of [undefined, {}, { permanentErrors: "retry" }] as const) {
      const { policy, variables } = await retried(retries);
      expect(sidsOf(policy)).to.deep.equal(["WriteLogs", "ConsumeQueue"]);
      expect(variables).to.deep.equal({ NODE_OPTIONS: "--enable-source-maps" });
    }
  });

  it("delay the receives of failed messages: with the right to do so on the queue alone", async () => {
    const { policy, variables } = await retried({ backoff: { first: 30, maximum: 3600 } });
    expect(policy).to.have.property("Statement").that.has.lengthOf(3).and.deep.includes({
      Sid: "DelayRetries",
      Effect: "Allow",
      Action: "sqs:ChangeMessageVisibility",
      Resource: queueArn,
    });
    expect(variables).to.have.property("FANOUT_MAX_RECEIVE_COUNT", "5");
    expect(JSON.parse(variables.FANOUT_RETRIES ?? "")).to.deep.equal({
      queueUrl: "https://sqs.eu-west-1.amazonaws.com/123456789012/news-1a2b3c4-mail",
      // The visibility timeout is six times the function's timeout.
      backoff: { first: 30, factor: 2, maximum: 3600, limit: 43_080 },
    });
  });

  it("move permanent errors: with the right to send to the dead-letter queue alone", async () => {
    const { policy, variables } = await retried({ permanentErrors: "deadLetter" });
    expect(policy)
      .to.have.property("Statement")
      .that.has.lengthOf(3)
      .and.deep.includes({
        Sid: "SendDeadLetters",
        Effect: "Allow",
        Action: "sqs:SendMessage",
        Resource: `${queueArn}-dlq`,
      });
    expect(variables).not.to.have.property("FANOUT_MAX_RECEIVE_COUNT");
    expect(JSON.parse(variables.FANOUT_RETRIES ?? "")).to.deep.equal({
      deadLetterQueueUrl: "https://sqs.eu-west-1.amazonaws.com/123456789012/news-1a2b3c4-mail-dlq",
    });
  });

  it("may encrypt dead letters where the queues have a key", async () => {
    const { policy } = await retried({ permanentErrors: "deadLetter" }, { encryption: "kms" });
    expect(sidsOf(policy)).to.deep.equal([
      "WriteLogs",
      "ConsumeQueue",
      "DecryptMessages",
      "SendDeadLetters",
      "EncryptDeadLetters",
    ]);
  });
});

function sidsOf(policy: unknown): unknown {
  const { Statement } = Object(policy);
  return Statement.map(({ Sid }: { Sid?: string }) => Sid);
}

function variablesOf(environment: unknown): Readonly<Record<string, string>> {
  return Object(environment).variables;
}
