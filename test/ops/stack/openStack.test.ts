import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { freePort } from "../../harness/endpoints/freePort.ts";
import { useEnvironment } from "../../harness/handlers/environment.ts";
import { startTestRun, type TestRun } from "../../harness/runs/localRun.ts";
import { runOps, runOpsAnywhere } from "../../harness/runs/ops.ts";

describe("ops on a deployed stack", () => {
  let test: TestRun;
  let directory: string;
  before(async () => {
    directory = mkdtempSync(path.join(tmpdir(), "outputs-"));
    test = await startTestRun(["walkthrough"]);
  });
  after(async () => {
    await test.close();
    rmSync(directory, { recursive: true });
  });
  // The SDK's own variable leads its clients to the local run, in place of AWS.
  useEnvironment(() => ({
    AWS_ENDPOINT_URL: test.run.url,
    AWS_REGION: "us-west-2",
    PATH: `${directory}${path.delimiter}${process.env.PATH}`,
  }));

  function file(name: string, text: string): string {
    const whole = path.join(directory, name);
    writeFileSync(whole, text);
    return whole;
  }

  function pulumi(script: string): void {
    chmodSync(file("pulumi", `#!${process.execPath}\n${script}`), 0o755);
  }

  it("reads a file of outputs, and calls AWS by the SDK", async () => {
    const outputs = file("outputs.json", JSON.stringify(test.run.outputs));
    const deployed = await runOpsAnywhere(["status", "--outputs", outputs]);
    expect(deployed).to.deep.equal(await runOps(test, ["status"]));
    expect(deployed.output).to.match(/^walkthrough {2}arn:aws:sns:eu-west-1:/);
  });

  it("reads outputs by the Pulumi CLI with --stack", async () => {
    pulumi(`
      const asked = process.argv.slice(2).join(" ");
      if (asked !== "stack output --json --stack prod") process.exit(1);
      console.log(${JSON.stringify(JSON.stringify(test.run.outputs))});`);
    const { code, output } = await runOpsAnywhere([
      "peek",
      "walkthrough/QueueA",
      "--stack",
      "prod",
    ]);
    expect({ code, output }).to.deep.equal({
      code: 0,
      output: "walkthrough/QueueA: 0 of 0 messages",
    });
  });

  it("reports the CLI's error for an unknown stack", async () => {
    pulumi(`console.error("error: no stack named 'none' found"); process.exit(255);`);
    const { code, notes } = await runOpsAnywhere(["status", "--stack", "none"]);
    expect(code).to.equal(1);
    expect(notes).to.match(/^the outputs of stack none cannot be read: /);
    expect(notes).to.include("error: no stack named 'none' found");
  });

  it("rejects outputs of another program, and names what is missing", async () => {
    const other = file("other.json", '{"systems":{"a":{"topicArn":"x"}}}');
    expect(await runOpsAnywhere(["status", "--outputs", other])).to.deep.equal({
      code: 1,
      output: "",
      notes: `the outputs of ${other} are not those of this program: systems.a.topicArn: Invalid start: Expected "arn:" but received "x"`,
    });
    const text = file("text.json", "x");
    const { code, notes } = await runOpsAnywhere(["status", "--outputs", text]);
    expect(code).to.equal(1);
    expect(notes).to.match(/text\.json is not JSON: /);
  });
});

describe("ops on a local run", () => {
  it("says what to do when there is none", async () => {
    const port = await freePort();
    expect(await runOpsAnywhere(["status", "--port", String(port)])).to.deep.equal({
      code: 1,
      output: "",
      notes: `there is no local run at http://127.0.0.1:${port}; start one by fanout start, or name a deployed stack by --stack NAME`,
    });
  });

  it("says what the run says while its program has not run yet", async () => {
    const server = createServer((_request, response) => {
      response.writeHead(503, { "content-type": "application/json" });
      response.end('{"error":{"code":"ServiceUnavailable","message":"Ask again."}}');
    });
    const port = await freePort();
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
    const { code, notes } = await runOpsAnywhere(["status", "--port", String(port)]);
    server.close();
    expect({ code, notes }).to.deep.equal({
      code: 1,
      notes: `http://127.0.0.1:${port}: Ask again.`,
    });
  });
});
