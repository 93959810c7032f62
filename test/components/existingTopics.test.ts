import { expect } from "chai";
import { FanoutTopic } from "../../components/index.ts";
import { known } from "../../testing/known.ts";
import { json, resource, subscriptionTo } from "../harness/programs/graph.ts";
import { runProgram } from "../harness/programs/program.ts";
import type { Registration } from "../harness/programs/registration.ts";

const other = "210987654321";
const queueType = "aws:sqs/queue:Queue";
const mappingType = "aws:lambda/eventSourceMapping:EventSourceMapping";

function policyOf(queue: Registration): { Statement: { Resource: string }[] } {
  return JSON.parse(String(queue.inputs.policy));
}

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
      {
        resource: existingTopicArn,
        statement: {
          Sid: "ConsumersSubscribe",
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::123456789012:root" },
          Action: "sns:Subscribe",
          Resource: existingTopicArn,
        },
      },
    ]);
  });
});

describe("consumers of an existing topic of another account and region", () => {
  const existingTopicArn = "arn:aws:sns:us-east-1:333333333333:notices";
  const echo = "test/fixtures/handlers/echo.ts";
  const theirQueue = "arn:aws:sqs:eu-central-1:123456789012:inbox";
  const consume = () =>
    runProgram(
      () =>
        new FanoutTopic("news", {
          existingTopicArn,
          alarms: true,
          consumers: [
            { name: "mail", handler: echo, subscriptionDeadLetter: true },
            { name: "direct", kind: "function", handler: echo },
            { name: "operator", kind: "email", endpoint: "ops@example.com" },
            { name: "inbox", existingQueueArn: theirQueue, handler: echo },
          ],
        }),
    );

  it("are in the topic's region and in the account of the provider", async () => {
    const run = await consume();
    const regional = run.registrations.filter(
      ({ type, name }) => type.startsWith("aws:") && !type.includes(":iam/") && !/inbox/.test(name),
    );
    expect(regional.length).to.be.greaterThan(20);
    for (const { type, name, inputs } of regional) {
      expect(inputs.region, `${type} ${name}`).to.equal("us-east-1");
    }
    const own = (name: string) => `arn:aws:sqs:us-east-1:123456789012:${name}`;
    const work = resource(run, queueType, "news-mail");
    const deadLetters = resource(run, queueType, "news-mail-dlq");
    expect(json(deadLetters, "redriveAllowPolicy")).to.deep.equal({
      redrivePermission: "byQueue",
      sourceQueueArns: [own(String(work.inputs.name))],
    });
    for (const queue of [work, deadLetters, resource(run, queueType, "news-direct-failures")]) {
      const { Statement } = policyOf(queue);
      for (const { Resource } of Statement)
        expect(Resource).to.equal(own(String(queue.inputs.name)));
    }
  });

  it("read an existing queue in the queue's region, and are subscribed in the topic's", async () => {
    const run = await consume();
    for (const type of ["aws:lambda/function:Function", mappingType]) {
      expect(resource(run, type, "news-inbox").inputs.region).to.equal("eu-central-1");
    }
    expect(subscriptionTo(run, theirQueue).inputs.region).to.equal("us-east-1");
  });

  it("need one statement in the topic's policy", async () => {
    const { outputs } = await consume();
    expect((await known(outputs.statementsToAdd))[0]).to.deep.equal({
      resource: existingTopicArn,
      statement: {
        Sid: "ConsumersSubscribe",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::123456789012:root" },
        Action: "sns:Subscribe",
        Resource: existingTopicArn,
      },
    });
  });

  it("need no right to read the topic, unless the program does", async () => {
    const topicsRead = async (program: () => unknown) =>
      (await runProgram(async () => program())).reads;
    const topic = () =>
      new FanoutTopic("news", { existingTopicArn, consumers: [{ name: "mail" }] });
    expect(await topicsRead(topic)).to.deep.equal([]);
    expect(await topicsRead(() => [topic()].map((each) => [each.topic, each.topic]))).to.deep.equal(
      ["aws:sns/topic:Topic"],
    );
  });
});
