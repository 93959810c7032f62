import * as aws from "@pulumi/aws";
import { expect } from "chai";
import { FanoutTopic } from "../../components/index.ts";
import { json, resource } from "../harness/programs/graph.ts";
import { runProgram } from "../harness/programs/program.ts";

const topicArn = "arn:aws:sns:eu-west-1:123456789012:news-1a2b3c4";
const publish = { Sid: "Publish", Effect: "Allow", Action: "sns:Publish", Resource: topicArn };

describe("the right to publish", () => {
  it("is given to a role for this topic, and nothing else", async () => {
    const run = await runProgram(() => {
      const role = new aws.iam.Role("web", { assumeRolePolicy: "{}" });
      const topic = new FanoutTopic("news", { consumers: [{ name: "a" }] });
      return topic.grantPublish(role);
    });
    const policy = resource(run, "aws:iam/rolePolicy:RolePolicy", "news-publish");
    expect(policy.inputs.role).to.equal("web-1a2b3c4");
    expect(json(policy, "policy")).to.deep.equal({ Version: "2012-10-17", Statement: [publish] });
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
