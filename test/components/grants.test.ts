import * as aws from "@pulumi/aws";
import { expect } from "chai";
import { FanoutTopic } from "../../components/index.ts";
import { failureOf } from "../harness/assertions/failure.ts";
import { json, namesOf, resource } from "../harness/programs/graph.ts";
import { runProgram } from "../harness/programs/program.ts";

const topicArn = "arn:aws:sns:eu-west-1:123456789012:news-1a2b3c4";
const publish = { Sid: "Publish", Effect: "Allow", Action: "sns:Publish", Resource: topicArn };

function roleNamed(name: string): aws.iam.Role {
  return new aws.iam.Role(name, { assumeRolePolicy: "{}" });
}

describe("the right to consume", () => {
  it("is what an application needs that polls the queue, for each role", async () => {
    const run = await runProgram(() => {
      const topic = new FanoutTopic("news", { consumers: [{ name: "a" }], encryption: "kms" });
      topic.grantConsume("a", roleNamed("web"));
      topic.grantConsume("a", roleNamed("cron"));
      return topic;
    });
    expect(namesOf(run, "aws:iam/rolePolicy:RolePolicy")).to.deep.equal([
      "news-a-cron-consume",
      "news-a-web-consume",
    ]);
    const policy = resource(run, "aws:iam/rolePolicy:RolePolicy", "news-a-web-consume");
    expect(json(policy, "policy")).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "ConsumeQueue",
          Effect: "Allow",
          Action: [
            "sqs:ReceiveMessage",
            "sqs:DeleteMessage",
            "sqs:GetQueueAttributes",
            "sqs:ChangeMessageVisibility",
            "sqs:GetQueueUrl",
          ],
          Resource: "arn:aws:sqs:eu-west-1:123456789012:news-1a2b3c4-a",
        },
        {
          Sid: "DecryptMessages",
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: "arn:aws:kms:eu-west-1:123456789012:key/000000000000000000000000news-1a2b3c4",
        },
      ],
    });
  });
});

describe("the right to publish", () => {
  it("is given to a role for this topic, and nothing else", async () => {
    const run = await runProgram(() => {
      const role = new aws.iam.Role("web", { assumeRolePolicy: "{}" });
      const topic = new FanoutTopic("news", { consumers: [{ name: "a" }] });
      return topic.grantPublish(role);
    });
    const policy = resource(run, "aws:iam/rolePolicy:RolePolicy", "news-web-publish");
    expect(policy.inputs.role).to.equal("web-1a2b3c4");
    expect(json(policy, "policy")).to.deep.equal({ Version: "2012-10-17", Statement: [publish] });
  });

  it("is given to each role, and once to the same role", async () => {
    const run = await runProgram(() => {
      const topic = new FanoutTopic("news", { consumers: [{ name: "a" }] });
      const web = roleNamed("web");
      const first = topic.grantPublish(web);
      topic.grantPublish(roleNamed("cron"));
      return { same: topic.grantPublish(web) === first };
    });
    expect(run.outputs.same).to.equal(true);
    expect(namesOf(run, "aws:iam/rolePolicy:RolePolicy")).to.deep.equal([
      "news-cron-publish",
      "news-web-publish",
    ]);
  });

  it("is rejected if the role has one of that name for another topic or queue", async () => {
    const consumers = [{ name: "a" }];
    for (const grant of [
      (role: aws.iam.Role) => {
        new FanoutTopic("news", { consumers }).grantPublish(role, "access");
        new FanoutTopic("sport", { consumers }).grantPublish(role, "access");
      },
      (role: aws.iam.Role) => {
        const topic = new FanoutTopic("news", { consumers });
        topic.grantPublish(role, "access");
        topic.grantConsume("a", role, "access");
      },
    ]) {
      const failure = await failureOf(
        runProgram(() => {
          grant(roleNamed("web"));
          return {};
        }),
      );
      expect(failure.message).to.equal(
        'the role has a grant "access" already, for another topic or queue: pass another name',
      );
    }
  });

  it("may have a name as long as IAM accepts", async () => {
    const run = await runProgram(() => {
      const topic = new FanoutTopic("news", { consumers: [{ name: "a" }] });
      return topic.grantPublish(roleNamed("web"), "n".repeat(120));
    });
    expect(namesOf(run, "aws:iam/rolePolicy:RolePolicy")).to.deep.equal(["n".repeat(120)]);
  });

  it("is rejected if its name is too long for IAM", async () => {
    const failure = await failureOf(
      runProgram(() => {
        const topic = new FanoutTopic("n".repeat(100), {
          existingTopicArn: "arn:aws:sns:eu-west-1:123456789012:news",
          consumers: [{ name: "a" }],
        });
        return topic.grantPublish(roleNamed("web-server-of-the-shop"));
      }),
    );
    expect(failure.message).to.match(
      /the grant "n+-web--server--of--the--shop-publish" has a name/,
    );
  });

  it("comes with the topic's ARN to a handler that publishes", async () => {
    const run = await runProgram(
      () =>
        new FanoutTopic("news", {
          consumers: [
            {
              name: "a",
              filter: { kind: ["draft"] },
              handler: {
                entry: "test/fixtures/handlers/echo.ts",
                environment: { MODE: "y" },
                publishes: true,
              },
            },
          ],
        }),
    );
    expect(
      resource(run, "aws:lambda/function:Function", "news-a").inputs.environment,
    ).to.deep.equal({
      variables: { MODE: "y", TOPIC_ARN: topicArn, NODE_OPTIONS: "--enable-source-maps" },
    });
    expect(json(resource(run, "aws:iam/rolePolicy:RolePolicy", "news-a"), "policy"))
      .to.have.property("Statement")
      .that.has.lengthOf(3)
      .and.deep.includes(publish);
  });
});
