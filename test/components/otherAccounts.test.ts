import * as aws from "@pulumi/aws";
import { expect } from "chai";
import { partitionOf } from "../../aws/regions.ts";
import { FanoutTopic, type FanoutTopicArgs } from "../../components/index.ts";
import { keyStatements } from "../../components/topic/encryption.ts";
import { known } from "../../testing/known.ts";
import { failureOf } from "../harness/assertions/failure.ts";
import { json, resource, subscriptionTo } from "../harness/programs/graph.ts";
import { runProgram } from "../harness/programs/program.ts";

const topicArn = "arn:aws:sns:eu-west-1:123456789012:news-1a2b3c4";
const other = "210987654321";
function statements(run: Awaited<ReturnType<typeof runProgram>>, type: string, name: string) {
  const policy = json(resource(run, type, name), "policy");
  return expect(policy).to.have.property("Statement");
}

describe("a consumer of another account", () => {
  function abroad(more: Partial<FanoutTopicArgs> = {}, region: string | undefined = "us-east-1") {
    return runProgram(() => {
      const provider = new aws.Provider("partner", { region: "us-east-1" });
      return new FanoutTopic("news", {
        consumers: [
          {
            name: "partner",
            account: other,
            provider,
            ...(region !== "" && { region }),
            handler: "test/fixtures/handlers/echo.ts",
          },
        ],
        ...more,
      });
    });
  }

  it("has everything but the topic made by its provider, in its region", async () => {
    const run = await abroad();
    const provided = run.registrations.filter(({ provider }) => provider?.includes("partner"));
    expect(provided.map(({ type }) => type.split(":").at(-1)).sort()).to.deep.equal([
      "EventSourceMapping",
      "Function",
      "LogGroup",
      "Queue",
      "Queue",
      "Role",
      "RolePolicy",
      "TopicSubscription",
    ]);
    for (const { type, inputs } of provided) {
      if (type.includes("iam")) continue;
      const expected = type.includes("Subscription") ? "eu-west-1" : "us-east-1";
      expect(inputs.region, type).to.equal(expected);
    }
  });

  it("receives from this topic, by an access policy with the queue's own account and region", async () => {
    const queueArn = `arn:aws:sqs:us-east-1:${other}:news-1a2b3c4-partner`;
    statements(await abroad(), "aws:sqs/queue:Queue", "news-partner").that.deep.includes({
      Sid: "TopicSends",
      Effect: "Allow",
      Principal: { Service: "sns.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: queueArn,
      Condition: { ArnEquals: { "aws:SourceArn": topicArn } },
    });
  });

  it("may be subscribed by its account, this one queue and nothing else", async () => {
    statements(await abroad(), "aws:sns/topicPolicy:TopicPolicy", "news").that.deep.includes({
      Sid: "Subscriber1",
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${other}:root` },
      Action: "sns:Subscribe",
      Resource: topicArn,
      Condition: {
        StringEquals: {
          "sns:Protocol": "sqs",
          "sns:Endpoint": `arn:aws:sqs:us-east-1:${other}:news-1a2b3c4-partner`,
        },
      },
    });
  });

  it("may read with the topic's key", async () => {
    const run = await abroad({ encryption: "kms" }, "");
    statements(run, "aws:kms/keyPolicy:KeyPolicy", "news").that.deep.includes({
      Sid: `Account${other}Reads`,
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${other}:root` },
      Action: ["kms:Decrypt", "kms:DescribeKey"],
      Resource: "arn:aws:kms:eu-west-1:123456789012:key/000000000000000000000000news-1a2b3c4",
    });
  });
});

describe("an address of another account", () => {
  it("may be subscribed by its owner, with its protocol only", async () => {
    const endpoint = `arn:aws:lambda:eu-west-1:${other}:function:digest`;
    const run = await runProgram(
      () =>
        new FanoutTopic("news", {
          consumers: [{ name: "a" }],
          subscribers: [{ account: other, protocol: "lambda", endpoint }],
        }),
    );
    statements(run, "aws:sns/topicPolicy:TopicPolicy", "news").that.deep.includes({
      Sid: "Subscriber1",
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${other}:root` },
      Action: "sns:Subscribe",
      Resource: topicArn,
      Condition: { StringEquals: { "sns:Protocol": "lambda", "sns:Endpoint": endpoint } },
    });
  });
});

describe("a queue that exists already", () => {
  const queueArn = `arn:aws:sqs:eu-west-1:123456789012:mail`;

  function adopted() {
    return runProgram(
      () =>
        new FanoutTopic("news", {
          consumers: [
            {
              name: "mail",
              existingQueueArn: queueArn,
              handler: "test/fixtures/handlers/echo.ts",
            },
          ],
        }),
    );
  }

  it("is subscribed and mapped to its function, without new queues", async () => {
    const run = await adopted();
    expect(run.registrations.map(({ type }) => type)).not.to.include("aws:sqs/queue:Queue");
    expect(subscriptionTo(run, queueArn).inputs.protocol).to.equal("sqs");
    const mapping = resource(run, "aws:lambda/eventSourceMapping:EventSourceMapping", "news-mail");
    expect(mapping.inputs.eventSourceArn).to.equal(queueArn);
    const roleStatements = statements(run, "aws:iam/rolePolicy:RolePolicy", "news-mail");
    roleStatements.that.deep.includes({
      Sid: "ConsumeQueue",
      Effect: "Allow",
      Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
      Resource: queueArn,
    });
  });

  it("needs a statement in its policy, which is given", async () => {
    const { outputs } = await adopted();
    expect(await known(outputs.statementsToAdd)).to.deep.equal([
      {
        resource: queueArn,
        statement: {
          Sid: "TopicSends",
          Effect: "Allow",
          Principal: { Service: "sns.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: queueArn,
          Condition: { ArnEquals: { "aws:SourceArn": topicArn } },
        },
      },
    ]);
  });
});

describe("a topic and a consumer in different regions", () => {
  const topicIn = (region: string, account = "123456789012") =>
    `arn:${partitionOf(region)}:sns:${region}:${account}:news`;
  const into = (region: string, topicRegion: string, kind: "queue" | "function" = "queue") =>
    runProgram(
      () =>
        new FanoutTopic("news", {
          existingTopicArn: topicIn(topicRegion),
          consumers: [{ name: "a", kind, region, handler: "test/fixtures/handlers/echo.ts" }],
        }),
    );

  /** Topic's region, consumer's region, and the principal in AWS's table. */
  const routes = [
    ["eu-west-1", "us-east-1", "sns.amazonaws.com"],
    ["eu-west-1", "ap-east-1", "sns.ap-east-1.amazonaws.com"],
    ["ap-east-1", "eu-west-1", "sns.ap-east-1.amazonaws.com"],
    ["ap-east-1", "eu-south-1", "sns.eu-south-1.amazonaws.com"],
    ["ap-northeast-3", "eu-west-1", "sns.amazonaws.com"],
    ["ap-east-1", "ap-east-1", "sns.amazonaws.com"],
    ["cn-north-1", "cn-northwest-1", "sns.amazonaws.com"],
    ["us-gov-west-1", "us-gov-east-1", "sns.amazonaws.com"],
    ["eu-west-1", "ap-southeast-99", "sns.ap-southeast-99.amazonaws.com"],
  ] as const;

  for (const [from, to, principal] of routes) {
    it(`lets ${principal} send from ${from} to a queue in ${to}`, async () => {
      const run = await into(to, from);
      const { name } = resource(run, "aws:sqs/queue:Queue", "news-a").inputs;
      statements(run, "aws:sqs/queue:Queue", "news-a").that.deep.includes({
        Sid: "TopicSends",
        Effect: "Allow",
        Principal: { Service: principal },
        Action: "sqs:SendMessage",
        Resource: `arn:${partitionOf(to)}:sqs:${to}:123456789012:${name}`,
        Condition: { ArnEquals: { "aws:SourceArn": topicIn(from) } },
      });
    });
  }

  it("lets the principal of an opt-in region invoke a function", async () => {
    const invoker = async (to: string, from: string) =>
      resource(await into(to, from, "function"), "aws:lambda/permission:Permission", "news-a")
        .inputs.principal;
    expect(await invoker("ap-east-1", "eu-west-1")).to.equal("sns.ap-east-1.amazonaws.com");
    expect(await invoker("eu-west-1", "ap-east-1")).to.equal("sns.ap-east-1.amazonaws.com");
    expect(await invoker("eu-south-1", "ap-east-1")).to.equal("sns.eu-south-1.amazonaws.com");
  });

  it("are rejected if they are in different partitions", async () => {
    expect(await failureOf(into("cn-north-1", "eu-west-1"))).to.have.property(
      "message",
      'FanoutTopic "news": 1 problem\n  - consumer "a": SNS does not deliver from eu-west-1 to cn-north-1: they are in different partitions, aws and aws-cn',
    );
  });

  it("let SNS use the key for queues of other accounts as the principal of an opt-in region", () => {
    const delivers = (region: string, consumers: string[]) =>
      keyStatements(
        "arn:aws:kms:x:123456789012:key/k",
        { topicArn: topicIn(region), buckets: [], rules: [], publishers: [] },
        consumers,
      )[0]?.Principal;
    expect(delivers("ap-east-1", [])).to.deep.equal({ Service: "sns.amazonaws.com" });
    expect(delivers("ap-east-1", [other])).to.deep.equal({
      Service: ["sns.amazonaws.com", "sns.ap-east-1.amazonaws.com"],
    });
    expect(delivers("eu-west-1", [other])).to.deep.equal({ Service: "sns.amazonaws.com" });
  });
});
