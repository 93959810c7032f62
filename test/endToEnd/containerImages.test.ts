import { PublishCommand } from "@aws-sdk/client-sns";
import { expect } from "chai";
import { FanoutTopic } from "../../components/index.ts";
import { listedLines } from "../../local/provider/listedInputs.ts";
import { startTestRun, type TestRun } from "../harness/runs/localRun.ts";
import { runOps } from "../harness/runs/ops.ts";

const image = { uri: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/thumbnails:1.4.0" };

describe("functions of container images, on the local cloud", () => {
  let test: TestRun;
  before(async () => {
    test = await startTestRun([], {
      program: async () => {
        const { topicArn } = new FanoutTopic("photos", {
          consumers: [
            { name: "thumbnails", handler: { image, timeoutSeconds: 60 } },
            { name: "labels", kind: "function", handler: { image } },
            { name: "audit", handler: "test/fixtures/handlers/echo.ts" },
          ],
        });
        return { topicArn };
      },
    });
    const TopicArn = String(test.run.outputs.topicArn);
    await test.clients.sns.send(new PublishCommand({ TopicArn, Message: "a.png" }));
    await test.settle();
  });
  after(() => test.close());

  it("are named at the start as not run here", () => {
    expect(listedLines(test.run.cloud.listed()).join("\n")).to.include(
      "2 x Function.packageType: container images are not run here: messages for the function wait",
    );
  });

  it("leave their messages in the queue, while other consumers handle theirs", () => {
    const { queues, trace } = test.run.cloud;
    const held = queues
      .list()
      .filter(({ arn }) => queues.counts(arn).visible > 0)
      .map(({ name }) => name);
    expect(held).to.have.lengthOf(1);
    expect(held[0]).to.match(/^photos-thumbnails$/);
    const handled = trace.recent().filter(({ kind }) => kind === "handled");
    expect(handled.map(({ to }) => to)).to.match(/photos-audit/);
  });

  it("are named by ops status", async () => {
    const { output } = await runOps(test, ["status"]);
    expect(output).to.match(
      /not run here {2}photos-labels(-\w+)?, photos-thumbnails(-\w+)? \(container images; their messages wait\)/,
    );
  });

  it("cannot be invoked, and say why", async () => {
    const [name] = test.run.cloud.functions.list().filter(({ imageUri }) => imageUri !== undefined);
    const invoked = test.run.cloud.functions.invoke(name?.arn ?? "", "{}").then(
      () => "",
      (error: Error) => error.message,
    );
    expect(await invoked).to.match(/runs a container image/);
  });
});
