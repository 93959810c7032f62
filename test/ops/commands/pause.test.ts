import { expect } from "chai";
import { startTestRun, type TestRun } from "../../harness/runs/localRun.ts";
import { runOps } from "../../harness/runs/ops.ts";
import { publishTo } from "../../harness/runs/publishing.ts";

const consumer = "walkthrough/QueueA";

describe("ops pause and resume", () => {
  let test: TestRun;
  before(async () => {
    test = await startTestRun(["walkthrough"]);
  });
  after(() => test.close());

  const queue = () =>
    test.run.cloud.queues.counts("arn:aws:sqs:eu-west-1:000000000000:walkthrough-QueueA");

  it("keep a consumer's messages in its queue, and let it read them later", async () => {
    expect(await runOps(test, ["pause", consumer])).to.include({
      code: 0,
      output: `${consumer}: paused`,
    });
    await publishTo(test, "walkthrough", { message: "hello" });
    await test.settle();
    expect(queue().visible).to.equal(1);
    const resumed = await runOps(test, ["resume", consumer, "--json"]);
    expect(JSON.parse(resumed.output)).to.deep.equal({ consumer, enabled: true });
    await test.settle();
    expect(queue().visible).to.equal(0);
  });

  it("reject a consumer whose function SNS invokes directly", async () => {
    expect(await runOps(test, ["pause", "walkthrough/direct"])).to.deep.equal({
      code: 2,
      output: "",
      notes: "walkthrough/direct has no event source mapping: SNS invokes its function directly",
    });
  });
});
