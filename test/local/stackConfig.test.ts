import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { readStackConfig } from "../../local/stackConfig.ts";

describe("a stack's configuration", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "fanout-config-"));
    writeFileSync(
      path.join(folder, "Pulumi.yaml"),
      "name: shop\nruntime: nodejs\nconfig:\n  a: { type: integer, default: 1 }\n  b: { type: array, default: [x] }\n  c: { type: string }\n  aws:region: { value: eu-west-1 }\n",
    );
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is the project's defaults, and over them the stack's values, key by key", () => {
    writeFileSync(
      path.join(folder, "Pulumi.dev.yaml"),
      "config:\n  shop:b: [y, z]\n  shop:d: text\n",
    );
    expect(readStackConfig("dev", folder)).to.deep.equal({
      project: "shop",
      stack: "dev",
      values: {
        "shop:a": "1",
        "shop:b": '["y","z"]',
        "aws:region": "eu-west-1",
        "shop:d": "text",
      },
    });
  });

  it("may be empty", () => {
    writeFileSync(path.join(folder, "Pulumi.dev.yaml"), "");
    expect(readStackConfig("dev", folder).values).to.have.property("shop:a", "1");
  });

  it("names the stack that there is not, and those that there are", () => {
    writeFileSync(path.join(folder, "Pulumi.dev.yaml"), "");
    expect(() => readStackConfig("pord", folder)).to.throw(
      'there is no stack "pord" (no Pulumi.pord.yaml); there is dev',
    );
  });

  it("refuses what only the CLI can read", () => {
    writeFileSync(path.join(folder, "Pulumi.dev.yaml"), "config:\n  shop:c: { secure: v1:abc }\n");
    expect(() => readStackConfig("dev", folder)).to.throw("shop:c is encrypted");
  });
});
