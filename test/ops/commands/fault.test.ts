import { expect } from "chai";
import { startTestRun, type TestRun } from "../../harness/runs/localRun.ts";
import { runOps } from "../../harness/runs/ops.ts";
import { publishTo } from "../../harness/runs/publishing.ts";

const consumer = "walkthrough/QueueA";

describe("ops fault", () => {
  let test: TestRun;
  before(async () => {
    test = await startTestRun(["walkthrough"]);
  });
  afterEach(() => fault("--clear"));
  after(() => test.close());

  const fault = (...argv: string[]) => runOps(test, ["fault", ...argv]);

  /** What happened to a new message at the consumer's queue and function. */
  async function hopsOfMessage(): Promise<string[]> {
    const [event] = await publishTo(test, "walkthrough", { message: "hello" });
    await test.settle();
    return test.run.cloud.trace
      .recent()
      .filter((hop) => hop.event === event && [hop.from, hop.to].join().includes("QueueA"))
      .map(({ kind }) => kind);
  }

  it("lets the next invocations fail, lists the fault, and forgets it when it is used up", async () => {
    expect(await fault(consumer, "fail", "--times", "1")).to.include({
      code: 0,
      output: `${consumer}: fail injected as invocation-1`,
    });
    expect(await fault()).to.include({
      output: "invocation-1  error  walkthrough-QueueA  0 of 1 so far",
    });
    expect(await hopsOfMessage()).to.deep.equal(["queued", "received", "invoked", "failed"]);
    expect(await fault()).to.include({ code: 0, output: "no fault is in force" });
  });

  it("pauses a consumer until the fault is removed", async () => {
    const { output } = await fault(consumer, "pause");
    const id = output.split(" ").at(-1) ?? "";
    expect(await hopsOfMessage()).to.deep.equal(["queued"]);
    expect(await fault("--remove", id)).to.include({ code: 0, output: `${id} ended` });
    expect(await fault("--remove", id)).to.include({
      code: 1,
      notes: `The fault ${id} is not in force.`,
    });
  });

  it("denies the topic's delivery to the queue", async () => {
    await fault(consumer, "deny");
    expect(await fault()).to.include({ output: "denial-1  deny  walkthrough-QueueA  0 so far" });
    expect(await hopsOfMessage()).to.deep.equal(["denied", "dropped"]);
    expect(await fault("--clear")).to.include({ output: "1 fault ended" });
  });

  it("delays a function until the clock has advanced", async () => {
    await fault(consumer, "delay", "--seconds", "2", "--times", "1");
    expect(await hopsOfMessage()).to.deep.equal(["queued", "received", "invoked"]);
    await test.clock.advance(2000);
    expect(test.run.cloud.functions.running("walkthrough-QueueA")).to.equal(0);
  });

  it("rejects faults that are incomplete or unknown", async () => {
    const refused = async (...argv: string[]) => {
      const { code, notes } = await fault(...argv);
      return [code, notes.split("\n")[0]];
    };
    expect(await refused(consumer)).to.deep.equal([
      2,
      "KIND (fail, delay, throttle, pause, deny) is missing",
    ]);
    expect(await refused(consumer, "break")).to.deep.equal([
      2,
      'there is no fault "break"; available: fail, delay, throttle, pause, deny',
    ]);
    expect(await refused(consumer, "delay")).to.deep.equal([2, "delay needs --seconds N"]);
    expect(await refused("walkthrough/QueueC", "fail")).to.deep.equal([
      2,
      'there is no consumer "walkthrough/QueueC"; did you mean "walkthrough/QueueA" or "walkthrough/QueueB"?',
    ]);
  });
});
