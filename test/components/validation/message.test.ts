import { expect } from "chai";
import { FanoutTopic } from "../../../components/index.ts";
import { runProgram } from "../../harness/programs/program.ts";

describe("a wrong spec", () => {
  it("throws once, before the first resource, with a line for every problem", async () => {
    let message = "";
    let stack = "";
    const run = await runProgram(() => {
      try {
        new FanoutTopic("orders", {
          fifo: true,
          consumers: [
            { name: "audit", handler: "test/fixtures/handlers/echo.ts", batchSize: 50 },
            { name: "mail", kind: "function", handler: "test/fixtures/handlers/echo.ts" },
          ],
        });
      } catch (error) {
        message = error instanceof Error ? error.message : "";
        stack = error instanceof Error && "__pulumiRunError" in error ? "hidden" : "shown";
      }
      return {};
    });
    expect(message).to.equal(
      [
        'FanoutTopic "orders": 2 problems',
        '  - consumer "audit": batchSize must be 1 to 10 on a FIFO queue (given 50)',
        '  - consumer "mail": a FIFO topic delivers only to SQS; use a queue with a handler instead of kind "function"',
      ].join("\n"),
    );
    expect(stack).to.equal("hidden");
    expect(run.registrations.map((each) => each.type)).to.deep.equal(["pulumi:pulumi:Stack"]);
  });
});
