import { PublishCommand } from "@aws-sdk/client-sns";
import * as aws from "@pulumi/aws";
import { expect } from "chai";
import { FanoutTopic, HandlerFunction } from "../../components/index.ts";
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
      const shared = new HandlerFunction("shared", { handler, description: "of several topics" });
      const alias = new aws.lambda.Alias("existing", {
        name: "existing",
        functionName: shared.function.name,
        functionVersion: shared.function.version,
      });
      const orders = new FanoutTopic("orders", {
        consumers: [
          { name: "mail", handler: alias },
          { name: "direct", kind: "function", handler: { functionArn: alias.arn } },
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
      const mapped = orders.consumers.mail?.mapping?.functionArn;
      const outputs = { orders: orders.topicArn, alias: alias.arn, mapped };
      return { topicArn, canary: canary.arn, version: direct.version, ...outputs };
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

  it("are invoked by a topic that uses existing ones, from the queue too", async () => {
    const { orders, alias, mapped } = test.cloud.outputs;
    expect(mapped).to.equal(alias);
    const before = test.cloud.hops().length;
    await test.clients.sns.send(new PublishCommand({ TopicArn: String(orders), Message: "text" }));
    await test.cloud.settled();
    expect(test.cloud.denials()).to.deep.equal([]);
    const handled = test.cloud.hops().slice(before);
    expect(handled.filter(({ kind }) => kind === "handled")).to.have.lengthOf(2);
  });

  it("have numbered versions, and aliases whose other versions are on AWS only", () => {
    expect(test.cloud.outputs.version).to.equal("1");
    expect(test.cloud.outputs.canary).to.match(/:function:news-direct.*:canary$/);
  });
});
