import { expect } from "chai";
import { startTestRun, type TestRun } from "../../harness/runs/localRun.ts";
import { runOps } from "../../harness/runs/ops.ts";
import { publishTo } from "../../harness/runs/publishing.ts";

describe("ops failures", () => {
  let test: TestRun;
  before(async () => {
    test = await startTestRun(["user-interactions"]);
  });
  after(() => test.close());

  it("lists each event once, with the function's own error, its place, and the next try", async () => {
    expect(await runOps(test, ["failures"])).to.include({ output: "nothing has gone wrong" });
    const message = { message: "no JSON", attributes: { type: "like" } };
    await publishTo(test, "user-interactions", message);
    await test.settle();
    const { output } = await runOps(test, ["failures"]);
    const [heading, line, cause, ...others] = output.split("\n");
    expect(heading).to.match(/^\d\d:\d\d:\d\dZ {2}[0-9a-f]{8} {2}no JSON$/);
    expect(line).to.match(/^ {2}user-interactions-likes {2}failed, 1 of 5, next in \d+ s$/);
    expect(cause).to.match(/^ {4}\S.* \(handlers\/\S+:\d+:\d+\)$/);
    expect(others).to.deep.equal([]);
    const [failure] = JSON.parse((await runOps(test, ["failures", "--json"])).output);
    expect(failure.branches[0]).to.include({ tries: 1, state: "failed" });
  });
});
