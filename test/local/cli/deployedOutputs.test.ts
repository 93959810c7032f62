import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { deployedOutputs } from "../../../local/cli/pulumi/deployedOutputs.ts";

describe("the outputs of stacks that Pulumi's CLI deployed", () => {
  let state: string;
  beforeEach(() => {
    state = mkdtempSync(path.join(tmpdir(), "fanout-state-"));
  });
  afterEach(() => rmSync(state, { recursive: true }));

  /** Writes the state of a stack as the CLI does. @param seconds when, since 1970 */
  function write(file: string, resources: readonly object[] | undefined, seconds: number): void {
    const target = path.join(state, ".pulumi", "stacks", file);
    mkdirSync(path.dirname(target), { recursive: true });
    const text = JSON.stringify({ version: 3, checkpoint: { stack: "s", latest: { resources } } });
    writeFileSync(target, file.endsWith(".gz") ? gzipSync(text) : text);
    utimesSync(target, seconds, seconds);
  }

  const stack = (outputs?: object) => ({ type: "pulumi:pulumi:Stack", urn: "urn", outputs });

  it("are none before anything is deployed, and after it is destroyed", () => {
    const outputs = deployedOutputs(state);
    expect(outputs()).to.deep.equal({});
    write("shop/dev.json", undefined, 1);
    expect(outputs()).to.deep.equal({});
    write("shop/dev.json", [stack()], 2);
    expect(outputs()).to.deep.equal({});
    write("shop/dev.json", [stack({ a: 1 })], 3);
    expect(outputs()).to.deep.equal({ a: 1 });
    write("shop/dev.json", [], 4);
    expect(outputs()).to.deep.equal({});
  });

  it("are those of the stack that was deployed last, also from a compressed state", () => {
    const outputs = deployedOutputs(state);
    write("shop/dev.json", [stack({ from: "dev" })], 1);
    write("shop/prod.json.gz", [stack({ from: "prod" })], 2);
    write("shop/prod.json.bak", [stack({ from: "an older state" })], 9);
    write("shop/empty.json", undefined, 8);
    expect(outputs()).to.deep.equal({ from: "prod" });
    write("other/dev.json", [{ type: "aws:sns/topic:Topic" }, stack({ from: "other" })], 3);
    expect(outputs()).to.deep.equal({ from: "other" });
  });

  it("have no secret in them", () => {
    const secret = {
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      ciphertext: "v1:x",
    };
    write("shop/dev.json", [stack({ secret, list: [{ secret }, "plain"] })], 1);
    expect(deployedOutputs(state)()).to.deep.equal({
      secret: "[secret]",
      list: [{ secret: "[secret]" }, "plain"],
    });
  });
});
