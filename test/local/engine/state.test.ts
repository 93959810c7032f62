import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { cipherIn, temporaryCipher } from "../../../local/engine/state/cipher.ts";
import { DatabaseStateStore } from "../../../local/engine/state/databaseStateStore.ts";
import { StackOutputsDirectory } from "../../../local/engine/state/stackOutputs.ts";
import { fromJson, toJson } from "../../../local/pulumi/values/json.ts";
import { AssetValue, unknown } from "../../../local/pulumi/values/propertyValue.ts";
import { ResourceReference, Secret, type ValueMap } from "../../../local/pulumi/values/value.ts";
import { decodeProperties, encodeProperties } from "../../../local/pulumi/values/wire.ts";
import { Group, Thing, up } from "../../harness/engine/inline.ts";
import { errorsOf, stepsOf, type TestHost, testHost } from "../../harness/engine/runs.ts";

describe("the state of a stack", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "fanout-state-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** A host that keeps its state in a file, as one after another process would open it. */
  function reopened(host: TestHost): { readonly host: TestHost; close(): void } {
    const cipher = cipherIn(folder);
    const database = new DatabaseSync(path.join(folder, "cloud.db"));
    const state = new DatabaseStateStore(database, "shop/dev", cipher);
    const stackOutputs = new StackOutputsDirectory(path.join(folder, "outputs"), cipher);
    return { host: { ...host, state, stackOutputs }, close: () => database.close() };
  }

  it("is in the database: another process finds it, with secrets, assets and references", async () => {
    const aws = testHost();
    const program = () => {
      const topic = new Thing("topic", { secretOutput: pulumi.secret("s") });
      const group = new Group("group", { topic });
      const file = new pulumi.asset.AssetArchive({ "a/b": new pulumi.asset.StringAsset("text") });
      new Thing("queue", { topic, group, file, nothing: null }, { parent: group });
      return { token: Reflect.get(topic, "secretOutput") };
    };
    const first = reopened(aws);
    const made = await up(first.host, program);
    const states = first.host.state.load();
    first.close();
    const second = reopened(aws);
    expect(second.host.state.load()).to.deep.equal(states);
    const run = await up(second.host, program);
    second.close();
    expect(errorsOf(run)).to.deep.equal([]);
    expect(stepsOf(run).toSorted()).to.deep.equal(["same group", "same queue", "same topic"]);
    expect(run.outputs).to.deep.equal(made.outputs);
    expect(run.outputs.token).to.deep.equal(new Secret("s"));
  });

  it("has the outputs of every stack in a folder, for other stacks", async () => {
    const { host, close } = reopened(testHost());
    await up(host, () => ({ url: "http://x" }), { project: "base" });
    const run = await up(host, () => ({
      url: new pulumi.StackReference("organization/base/dev").requireOutput("url"),
    }));
    close();
    expect(errorsOf(run)).to.deep.equal([]);
    expect(run.outputs).to.deep.equal({ url: "http://x" });
  });

  it("holds no secret as plain text, and none that another key opens", async () => {
    const { host, close } = reopened(testHost());
    await up(host, () => {
      const args = { secretOutput: pulumi.secret("hidden words") };
      const key = new Thing("key", args, { additionalSecretOutputs: ["derived"] });
      return { key: Reflect.get(key, "secretOutput") };
    });
    close();
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name));
    expect(files).to.have.lengthOf(3);
    for (const file of files) {
      expect(readFileSync(file).includes("hidden words"), file).to.equal(false);
    }
    const key = path.join(folder, "secrets.key");
    expect(statSync(key).mode & 0o777).to.equal(0o600);
    rmSync(key);
    const other = reopened(testHost());
    expect(() => other.host.state.load()).to.throw(
      `a secret was not encrypted under the key of ${key}`,
    );
    other.close();
  });
});

describe("the encodings of properties", () => {
  const values: ValueMap = {
    text: "a",
    number: 1.5,
    yes: true,
    nothing: null,
    list: [1, ["b"], { c: "d" }],
    secret: new Secret({ key: [new Secret("x")] }),
    file: new AssetValue({ kind: "fileArchive", path: "/a" }),
    files: new AssetValue({
      kind: "assetArchive",
      assets: {
        a: { kind: "remoteAsset", uri: "http://x" },
        b: { kind: "assetArchive", assets: { c: { kind: "textAsset", text: "t", hash: "h1" } } },
      },
      hash: "h2",
    }),
    resource: new ResourceReference("urn:pulumi:dev::shop::aws:test/thing:Thing::a", "a-1"),
    component: new ResourceReference("urn:pulumi:dev::shop::shop:index:Group::g", undefined),
  };

  it("lose nothing, on the wire and in the state", () => {
    const all: ValueMap = { ...values, later: unknown, laterSecret: new Secret(unknown) };
    expect(decodeProperties(encodeProperties(all)).values).to.deep.equal(all);
    const cipher = temporaryCipher();
    expect(fromJson(JSON.parse(JSON.stringify(toJson(values, cipher))), cipher)).to.deep.equal(
      values,
    );
  });
});
