import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { FanoutTopic } from "../../../components/index.ts";
import { failureOf } from "../../harness/assertions/failure.ts";
import { runProgram } from "../../harness/programs/program.ts";

/** A topic with a delay that is known only when another resource is there. */
function news(delay: number, preview = false) {
  return runProgram(
    () => {
      const delaySeconds = new aws.sqs.Queue("other").arn.apply(() => delay);
      return new FanoutTopic("news", { consumers: [{ name: "a", delaySeconds }] });
    },
    { preview },
  );
}

const handler = "test/fixtures/handlers/echo.ts";

describe("a value that is an Output", () => {
  it("is checked when it is known, and fails the deployment then", async () => {
    expect(await failureOf(news(901))).to.have.property(
      "message",
      'FanoutTopic "news": 1 problem\n  - consumer "a": delaySeconds must be 0 to 900 seconds (given 901)',
    );
  });

  it("passes when it is right", async () => {
    const { warnings } = await news(900);
    expect(warnings).to.deep.equal([]);
  });

  it("does not block a preview while it is unknown", async () => {
    const { registrations } = await news(901, true);
    expect(registrations.filter(({ type }) => type === "aws:sqs/queue:Queue")).to.have.lengthOf(3);
  });

  it("leads to no warning twice", async () => {
    const { warnings } = await runProgram(
      () =>
        new FanoutTopic("news", {
          consumers: [{ name: "a", kind: "email", endpoint: "ops@example.com" }],
        }),
    );
    expect(warnings).to.have.lengthOf(1);
  });

  it("leads to a warning that another consumer has had, in its own name", async () => {
    const { warnings } = await runProgram(
      () =>
        new FanoutTopic("news", {
          fifo: true,
          consumers: [
            { name: "a", handler, batchSize: 5 },
            { name: "b", handler, batchSize: pulumi.output(5) },
          ],
        }),
    );
    const named = warnings.map((warning) => /consumer "\w"/.exec(warning)?.[0]);
    expect(named).to.deep.equal(['consumer "a"', 'consumer "b"']);
  });
});
