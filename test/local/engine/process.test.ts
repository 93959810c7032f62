import { readFileSync } from "node:fs";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { expect } from "chai";
import { plainOutputs } from "../../../local/pulumi/values/json.ts";
import { AssetValue } from "../../../local/pulumi/values/propertyValue.ts";
import {
  errorsOf,
  fixture,
  runFolder,
  stepsOf,
  type TestHost,
  testHost,
} from "../../harness/engine/runs.ts";

describe("a program in a process of its own", function () {
  this.timeout(60_000);

  let host: TestHost;
  beforeEach(() => {
    host = testHost();
  });

  const runCase = (name: string) =>
    runFolder(fixture("javascript"), host, { config: { "javascript:case": name } });

  it("has its configuration, environment and folder, and its output is passed on", async () => {
    const run = await runFolder(fixture("javascript"), host, {
      environment: { TEST_VARIABLE: "mine" },
    });
    expect(errorsOf(run)).to.deep.equal([]);
    expect(run.output.split("\n").sort()).to.deep.equal(["", "to stderr", "to stdout"]);
    expect(plainOutputs(run.outputs)).to.deep.equal({
      arn: "arn:aws:test:::thing-1",
      size: 3,
      tags: { owner: "team" },
      region: "eu-west-1",
      secret: "none",
      names: ["organization", "javascript", "dev"],
      folder: "javascript",
      variable: "mine",
    });
    const file = host.aws.calls[0]?.inputs?.file;
    expect(file).to.deep.equal(
      new AssetValue({ kind: "fileAsset", path: path.join(fixture("javascript"), "program.js") }),
    );
  });

  it("may be TypeScript that ts-node compiles, with its own tsconfig", async () => {
    const run = await runFolder(fixture("typescript"), host);
    expect(errorsOf(run)).to.deep.equal([]);
    expect(plainOutputs(run.outputs)).to.deep.equal({ arn: "arn:aws:test:::thing-1" });
  });

  it("may be an ES module in a folder that main names, with arguments for node", async () => {
    const run = await runFolder(fixture("modules"), host);
    expect(errorsOf(run)).to.deep.equal([]);
    expect(plainOutputs(run.outputs)).to.deep.equal({
      arn: "arn:aws:test:::thing-1",
      folder: "app",
      nodeArguments: ["--no-warnings", "--conditions=test only"],
    });
  });

  it("may turn functions into code, for which the SDK needs TypeScript and npm's resolver", async () => {
    const run = await runCase("serializes");
    expect(errorsOf(run)).to.deep.equal([]);
    expect(plainOutputs(run.outputs)).to.deep.equal({ hasGreeting: true, packages: [] });
  });

  it("fails with what it throws, and the place in the program", async () => {
    const run = await runCase("throws");
    expect(run.succeeded).to.equal(false);
    const [error, ...others] = errorsOf(run).map(stripVTControlCharacters);
    expect(others).to.deep.equal([]);
    expect(error).to.match(/failed with an unhandled exception:\nError: thrown on purpose\n/);
    expect(error).to.include(`program.js:${lineOf("thrown on purpose")}:`);
    expect(run.output).to.equal("");
  });

  it("fails with the message alone of a RunError", async () => {
    const run = await runCase("runError");
    expect(errorsOf(run)).to.deep.equal(["error: said on purpose"]);
  });

  it("fails with a rejection that it does not handle, and keeps what it has made", async () => {
    const run = await runCase("rejects");
    expect(run.succeeded).to.equal(false);
    expect(errorsOf(run).map(stripVTControlCharacters).join("\n")).to.include(
      "rejected on purpose",
    );
    expect(stepsOf(run)).to.deep.equal(["create thing"]);
  });

  it("fails with its exit code when it ends itself", async () => {
    const run = await runCase("exits");
    expect(errorsOf(run)).to.deep.equal(["error: Program exited with non-zero exit code: 3"]);
  });

  it("fails with what the provider refuses, and says nothing of its own", async () => {
    for (const name of ["refused", "neverEnds"]) {
      const run = await runCase(name);
      expect(errorsOf(run), name).to.deep.equal([
        "aws:test/thing:Thing (bad): error: AWS refuses to create bad",
      ]);
      expect(run.output, name).to.equal("");
    }
  });

  it("fails when it ends before a registration is complete, and says which", async () => {
    const run = await runCase("unfinished");
    expect(run.succeeded).to.equal(false);
    expect(run.output).to.include('"thing" [aws:test/thing:Thing]');
    expect(errorsOf(run)).to.deep.equal(["error: Program exited with non-zero exit code: 1"]);
  });
});

function lineOf(text: string): number {
  const lines = readFileSync(path.join(fixture("javascript"), "program.js"), "utf8").split("\n");
  return lines.findIndex((line) => line.includes(text)) + 1;
}
