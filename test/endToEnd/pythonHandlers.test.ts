import { PublishCommand } from "@aws-sdk/client-sns";
import { expect } from "chai";
import { FanoutTopic } from "../../components/index.ts";
import { type RunningSystems, startProgram } from "../harness/runs/systems.ts";

describe("a handler in Python, on the local cloud", () => {
  let test: RunningSystems;
  before(async () => {
    test = await startProgram(async () => {
      const { topicArn } = new FanoutTopic("news", {
        consumers: [
          {
            name: "mail",
            handler: "test/fixtures/handlers/python/mail.py",
            maxReceiveCount: 1,
            batchWindowSeconds: 1,
          },
        ],
      });
      return { topicArn };
    });
  });
  after(() => test.cloud.close());

  it("handles messages, and fails on some of a batch", async () => {
    const TopicArn = String(test.cloud.outputs.topicArn);
    for (const Message of ["good", "fail"]) {
      await test.clients.sns.send(new PublishCommand({ TopicArn, Message }));
    }
    await test.cloud.clock.advance({ minutes: 10 });
    expect(test.cloud.hops().filter(({ kind }) => kind === "handled")).to.have.lengthOf(1);
    expect(test.cloud.deadLetters().map(({ body }) => body)).to.deep.equal(["fail"]);
  });
});
