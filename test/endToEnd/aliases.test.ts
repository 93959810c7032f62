import { PublishCommand } from "@aws-sdk/client-sns";
import * as aws from "@pulumi/aws";
import { expect } from "chai";
import { FanoutTopic } from "../../components/index.ts";
import { type RunningSystems, startProgram } from "../harness/runs/systems.ts";

const handler = { entry: "test/fixtures/handlers/echo.ts", alias: {} };

describe("functions behind aliases, on the local cloud", () => {
  let test: RunningSystems;
  before(async () => {
    test = await startProgram(async () => {
      const { topicArn, consumers } = new FanoutTopic("news", {
        consumers: [
          { name: "mail", handler },
          { name: "direct", kind: "function", handler },
        ],
      });
      const direct = consumers.direct?.function;
      if (direct === undefined) throw new Error("no function");
      const canary = new aws.lambda.Alias("canary", {
        name: "canary",
        functionName: direct.name,
        functionVersion: direct.version,
        routingConfig: { additionalVersionWeights: { 7: 0.5 } },
      });
      return { topicArn, canary: canary.arn, version: direct.version };
    });
  });
  after(() => test.cloud.close());

  it("are invoked by the topic and from the queue", async () => {
    const TopicArn = String(test.cloud.outputs.topicArn);
    await test.clients.sns.send(new PublishCommand({ TopicArn, Message: "text" }));
    await test.cloud.settled();
    expect(test.cloud.denials()).to.deep.equal([]);
    const handled = test.cloud.hops().filter(({ kind }) => kind === "handled");
    expect(handled).to.have.lengthOf(2);
  });

  it("have numbered versions, and aliases whose other versions are on AWS only", () => {
    expect(test.cloud.outputs.version).to.equal("1");
    expect(test.cloud.outputs.canary).to.match(/:function:news-direct.*:canary$/);
  });
});
