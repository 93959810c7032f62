import { expect } from "chai";
import { SceneRunner } from "../../demo/sceneRunner.ts";
import { startTestRun, type TestRun } from "../harness/runs/localRun.ts";

describe("the runner of scenes", () => {
  let test: TestRun;
  let lines: string[];
  let runner: SceneRunner;

  before(async () => {
    test = await startTestRun(["walkthrough"]);
  });
  beforeEach(() => {
    lines = [];
    runner = new SceneRunner(test.run, test.clients, { print: (line) => lines.push(line) });
  });
  after(() => test.close());

  it("counts checks that hold, whatever the order of an object's keys", () => {
    runner.check("they are equal", { a: 1, b: [2] }, { b: [2], a: 1 });
    expect([runner.checks, runner.failures]).to.deep.equal([1, 0]);
    expect(lines).to.deep.equal(["  ok   they are equal"]);
  });

  it("tells undefined from an absent element, and shows what differs", () => {
    runner.check("they are equal", [1, undefined, "c"], [1, "b", "c"]);
    expect([runner.checks, runner.failures]).to.deep.equal([1, 1]);
    const [first, legend, ...difference] = lines;
    expect(first).to.equal("  FAIL they are equal");
    expect(legend).to.match(/\+ found.* - expected/);
    const marked = difference.map((line) => line.trim()).filter((line) => /^[+-]/.test(line));
    expect(marked).to.deep.equal(["+   undefined,", "-   'b',"]);
  });

  it("names the missing system, output or queue", () => {
    expect(() => runner.system("orders")).to.throw(
      /^the stack has no system "orders"; it has walkthrough$/,
    );
    expect(() => runner.output("walkthrough", "table")).to.throw(
      /^the system has no output "table" that is a string; its outputs are topicArn, consumers$/,
    );
    expect(() => runner.queueUrl("walkthrough", "direct")).to.throw(/^walkthrough\/direct has no/);
  });

  it("waits until an event has come to its end at every subscription, queue or function", async () => {
    const event = await runner.publish("walkthrough", { message: "hello" });
    await runner.untilDone(event);
    const handled = runner.hopsOf(event).filter(({ kind }) => kind === "handled");
    expect(handled).to.have.lengthOf(3);
    expect(runner.failures).to.equal(0);
  });
});
