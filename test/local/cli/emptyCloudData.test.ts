import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { regionOfData } from "../../../local/cli/emptyCloudData.ts";
import { agreedSettings } from "../../../local/cli/pulumi/stackSettings.ts";
import { findProject } from "../../../local/engine/project/project.ts";

describe("the region of a cloud without a program", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "fanout-region-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is that of its data, once a stack has named one", () => {
    const data = path.join(folder, "cloud");
    expect(regionOfData(data, "eu-west-1", "us-east-1")).to.equal("eu-west-1");
    expect(regionOfData(data, undefined, "us-east-1")).to.equal("eu-west-1");
    expect(regionOfData(data, "eu-west-1", "us-east-1")).to.equal("eu-west-1");
  });

  it("is the default one for new data that no stack names a region for", () => {
    expect(regionOfData(folder, undefined, "us-east-1")).to.equal("us-east-1");
  });

  it("cannot be another one than that of its data", () => {
    regionOfData(folder, "eu-west-1", "us-east-1");
    expect(() => regionOfData(folder, "eu-west-2", "us-east-1")).to.throw(
      `the local cloud in ${folder} is in the region eu-west-1, and the stack in eu-west-2`,
    );
  });
});

describe("the settings that a project's stacks agree on", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "fanout-settings-"));
    writeFileSync(path.join(folder, "Pulumi.yaml"), "name: shop\nruntime: yaml\n");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function agreed(stacks: Readonly<Record<string, string>>) {
    for (const [stack, config] of Object.entries(stacks)) {
      writeFileSync(path.join(folder, `Pulumi.${stack}.yaml`), `config:\n  ${config}\n`);
    }
    const project = findProject(folder);
    return project && agreedSettings(project);
  }

  it("are those of the only one, those alike of several, and none without a stack", () => {
    expect(agreed({})).to.deep.equal({});
    expect(agreed({ dev: "aws:region: eu-west-1" })).to.deep.equal({ "aws:region": "eu-west-1" });
    expect(agreed({ prod: "aws:region: eu-west-1" })).to.deep.equal({ "aws:region": "eu-west-1" });
    expect(agreed({ prod: "aws:region: eu-west-2" })).to.deep.equal({});
  });
});
