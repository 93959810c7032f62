import { expect } from "chai";
import { startTestRun, type TestRun } from "../../harness/runs/localRun.ts";
import { runOps } from "../../harness/runs/ops.ts";

describe("ops put", () => {
  let test: TestRun;
  before(async () => {
    test = await startTestRun(["uploads"]);
  });
  after(() => test.close());

  it("puts a file under a key, as an event of its own", async () => {
    const argv = ["put", "uploads", "test/ops/commands/put.test.ts", "--key", "a b/ü.ts"];
    const { code, output } = await runOps(test, [...argv, "--type", "text/plain", "--json"]);
    expect(code).to.equal(0);
    const { bucket, key, event } = JSON.parse(output);
    expect({ bucket, key }).to.deep.equal({ bucket: "uploads", key: "a b/ü.ts" });
    const object = test.run.cloud.buckets.objects.get("uploads", "a b/ü.ts");
    expect(object.headers["content-type"]).to.equal("text/plain");
    const stored = test.run.cloud.trace.recent().findLast(({ kind }) => kind === "stored");
    expect(stored?.event).to.equal(event);
  });

  it("puts an example of the system", async () => {
    const { output } = await runOps(test, ["put", "uploads", "--example", "a text"]);
    expect(output).to.match(/^uploads: put notes\.txt \(event \w+\)$/);
  });

  it("names the examples, and the nearest bucket", async () => {
    const { code, notes } = await runOps(test, ["put", "uploads"]);
    expect(code).to.equal(2);
    expect(notes).to.match(
      /^give a FILE, or --example TITLE; its example files are\n {2}A picture/,
    );
    expect(await runOps(test, ["put", "uplaods", "package.json"])).to.deep.equal({
      code: 2,
      output: "",
      notes: 'there is no bucket "uplaods"; did you mean "uploads"?',
    });
  });
});
