import * as aws from "@pulumi/aws";
import { expect } from "chai";
import { FanoutTopic, type FanoutTopicArgs } from "../../components/index.ts";
import { failureOf } from "../harness/assertions/failure.ts";
import { json, resource } from "../harness/programs/graph.ts";
import { known } from "../harness/programs/known.ts";
import { runProgram } from "../harness/programs/program.ts";

const topicArn = "arn:aws:sns:eu-west-1:123456789012:news-1a2b3c4";
const other = "210987654321";

function statements(run: Awaited<ReturnType<typeof runProgram>>, type: string, name: string) {
  const policy = json(resource(run, type, name), "policy");
  return expect(policy).to.have.property("Statement");
}

describe("a consumer of another account", () => {
  function abroad(more: Partial<FanoutTopicArgs> = {}) {
    return runProgram(() => {
      const provider = new aws.Provider("partner", { region: "us-east-1" });
      return new FanoutTopic("news", {
        consumers: [
          {
            name: "partner",
            account: other,
            provider,
            region: "us-east-1",
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
    const run = await abroad({ encryption: "kms" });
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
    const subscription = resource(run, "aws:sns/topicSubscription:TopicSubscription", "news-mail");
    expect(subscription.inputs.endpoint).to.equal(queueArn);
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

describe("a topic that exists already", () => {
  const existingTopicArn = "arn:aws:sns:eu-west-1:333333333333:theirs";

  it("is not touched: its policy is its owner's, who has to add the publishers", async () => {
    const run = await runProgram(
      () =>
        new FanoutTopic("news", {
          existingTopicArn,
          consumers: [{ name: "mail" }],
          publishers: [{ account: other }],
        }),
    );
    expect(run.registrations.map(({ type }) => type)).not.to.include(
      "aws:sns/topicPolicy:TopicPolicy",
    );
    const subscription = resource(run, "aws:sns/topicSubscription:TopicSubscription", "news-mail");
    expect(subscription.inputs.topic).to.equal(existingTopicArn);
    expect(await known(run.outputs.statementsToAdd)).to.deep.equal([
      {
        resource: existingTopicArn,
        statement: {
          Sid: "Publisher1",
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${other}:root` },
          Action: "sns:Publish",
          Resource: existingTopicArn,
        },
      },
    ]);
  });
});

describe("regions that have to be opted into", () => {
  const into = (region: string, topicRegion: string, kind: "queue" | "function" = "queue") =>
    runProgram(
      () =>
        new FanoutTopic("news", {
          existingTopicArn: `arn:aws:sns:${topicRegion}:123456789012:news`,
          consumers: [{ name: "a", kind, region, handler: "test/fixtures/handlers/echo.ts" }],
        }),
    );

  it("deliver to other regions as a regional service principal", async () => {
    const run = await into("eu-west-1", "ap-east-1");
    statements(run, "aws:sqs/queue:Queue", "news-a").that.deep.includes({
      Sid: "TopicSends",
      Effect: "Allow",
      Principal: { Service: "sns.ap-east-1.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: "arn:aws:sqs:eu-west-1:123456789012:news-a",
      Condition: { ArnEquals: { "aws:SourceArn": "arn:aws:sns:ap-east-1:123456789012:news" } },
    });
  });

  it("do not deliver to one another", async () => {
    expect(await failureOf(into("eu-south-1", "ap-east-1"))).to.have.property(
      "message",
      'error serializing property "endpoint": FanoutTopic "news": consumer "a": SNS does not deliver from ap-east-1 to eu-south-1: both have to be opted into',
    );
  });

  it("reject functions that another region would invoke", async () => {
    expect(await failureOf(into("ap-east-1", "eu-west-1", "function"))).to.have.property(
      "message",
      'error serializing property "endpoint": FanoutTopic "news": consumer "a": SNS does not invoke functions in ap-east-1 from eu-west-1; use a queue',
    );
  });
});
