import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { Group, Thing, up, urnOf } from "../../harness/engine/inline.ts";
import { errorsOf, stepsOf, type TestHost, testHost } from "../../harness/engine/runs.ts";

describe("resource options", () => {
  let host: TestHost;
  beforeEach(() => {
    host = testHost();
  });

  it("aliases: a resource keeps its identity under another name, type and parent, and so do its children", async () => {
    const unchanged = ["same new", "same new-queue", "same renamed", "same top"];
    await up(host, () => {
      const group = new Group("old");
      new Thing("old-queue", {}, { parent: group });
      new Thing("top");
      new Thing("plain");
    });
    const run = await up(host, () => {
      const group = new Group("new", {}, { aliases: [{ name: "old" }] });
      new Thing("new-queue", { name: "old-queue" }, { parent: group });
      new Thing("top", {}, { parent: group, aliases: [{ parent: pulumi.rootStackResource }] });
      new Thing("renamed", { name: "plain" }, { aliases: [urnOf("plain")] });
    });
    expect(errorsOf(run)).to.deep.equal([]);
    expect(stepsOf(run).toSorted()).to.deep.equal(unchanged);
    expect(host.aws.log).to.have.lengthOf(3);
    const again = await up(host, () => {
      const group = new Group("new");
      new Thing("new-queue", { name: "old-queue" }, { parent: group });
      new Thing("top", {}, { parent: group });
      new Thing("renamed", { name: "plain" });
    });
    expect(stepsOf(again).toSorted()).to.deep.equal(unchanged);
  });

  it("aliases: two resources cannot claim the same old one", async () => {
    await up(host, () => new Thing("old"));
    const run = await up(host, () => {
      const a = new Thing("a", {}, { aliases: [{ name: "old" }] });
      new Thing("b", {}, { aliases: [{ name: "old" }], dependsOn: a });
    });
    expect(errorsOf(run)).to.deep.equal([
      `aws:test/thing:Thing (b): error: Duplicate resource alias '${urnOf("old")}' applied to resource with URN '${urnOf("b")}' conflicting with resource with URN '${urnOf("a")}'`,
    ]);
  });

  it("protect: neither a delete nor a replacement is done, and children inherit it", async () => {
    const program = (key: number) => () => {
      const group = new Group("group", {}, { protect: true });
      new Thing("bucket", { replaceKey: key }, { parent: group });
    };
    await up(host, program(1));
    const replaced = await up(host, program(2));
    expect(errorsOf(replaced)).to.have.lengthOf(1);
    expect(errorsOf(replaced)[0]).to.match(/ \(bucket\): error: unable to replace resource "urn:/);
    const deleted = await up(host, () => {});
    expect(deleted.succeeded).to.equal(false);
    expect(errorsOf(deleted)[0]).to.match(
      / \(bucket\): error: resource "urn:.*::bucket" cannot be deleted\nbecause it is protected/,
    );
    expect(host.aws.log).to.deep.equal(["create bucket"]);
    expect(host.state.load()).to.have.lengthOf(4);
  });

  it("ignoreChanges: what these paths name stays as it was", async () => {
    const options = { ignoreChanges: ["size", "tags.owner", "rules[*].port"] };
    const args = (n: number) => ({
      size: n,
      tags: { owner: `o${n}`, kind: "a" },
      rules: [{ port: n, open: true }],
    });
    await up(host, () => new Thing("queue", args(1), options));
    expect(stepsOf(await up(host, () => new Thing("queue", args(2), options)))).to.deep.equal([
      "same queue",
    ]);
    const changed = { ...args(3), tags: { owner: "o3", kind: "b" } };
    const run = await up(host, () => new Thing("queue", changed, options));
    expect(stepsOf(run)).to.deep.equal(["update queue"]);
    expect(host.aws.calls.at(-1)?.inputs).to.deep.equal({
      name: "queue",
      size: 1,
      tags: { owner: "o1", kind: "b" },
      rules: [{ port: 1, open: true }],
    });
  });

  it("replaceOnChanges: an update becomes a replacement", async () => {
    const options = { replaceOnChanges: ["tags"] };
    await up(host, () => new Thing("queue", { tags: "a", size: 1 }, options));
    const same = await up(host, () => new Thing("queue", { tags: "a", size: 2 }, options));
    expect(stepsOf(same)).to.deep.equal(["update queue"]);
    const run = await up(host, () => new Thing("queue", { tags: "b", size: 2 }, options));
    expect(stepsOf(run)).to.deep.equal(["create-replacement queue", "delete-replaced queue"]);
  });

  it("replacementTrigger and replaceWith: a resource is replaced without a change of its own", async () => {
    const program = (trigger: number) => () => {
      const first = new Thing("first", {}, { replacementTrigger: trigger });
      new Thing("second", {}, { replaceWith: [first], dependsOn: first });
    };
    await up(host, program(1));
    expect(stepsOf(await up(host, program(1)))).to.deep.equal(["same first", "same second"]);
    expect(stepsOf(await up(host, program(2)))).to.deep.equal([
      "create-replacement first",
      "create-replacement second",
      "delete-replaced second",
      "delete-replaced first",
    ]);
  });

  it("retainOnDelete and deletedWith: the provider is not asked to delete", async () => {
    await up(host, () => {
      const bucket = new Thing("bucket");
      new Thing("object", {}, { deletedWith: bucket, parent: bucket });
      new Thing("kept", {}, { retainOnDelete: true });
    });
    const run = await up(host, () => {});
    expect(stepsOf(run).toSorted()).to.deep.equal([
      "delete bucket",
      "delete kept",
      "delete object",
    ]);
    expect(host.aws.log.slice(3)).to.deep.equal(["delete bucket"]);
  });

  it("import: an existing resource is taken over, and changed to what the program says", async () => {
    host.aws.resources.set("existing", { name: "existing", size: 1 });
    const run = await up(host, () => {
      const thing = new Thing("mine", { name: "existing", size: 2 }, { import: "existing" });
      return { arn: thing.arn };
    });
    expect(errorsOf(run)).to.deep.equal([]);
    expect(stepsOf(run)).to.deep.equal(["import mine", "update mine"]);
    expect(run.outputs).to.deep.equal({ arn: "arn:aws:test:::existing" });
    const again = await up(host, () => {
      new Thing("mine", { name: "existing", size: 2 }, { import: "existing" });
    });
    expect(stepsOf(again)).to.deep.equal(["same mine"]);
    const missing = await up(host, () => new Thing("other", {}, { import: "nowhere" }));
    expect(errorsOf(missing)).to.deep.equal([
      "aws:test/thing:Thing (other): error: resource 'nowhere' does not exist",
    ]);
  });

  it("additionalSecretOutputs and secret inputs: outputs are secret in the program and in the state", async () => {
    let isSecret: boolean[] = [];
    const run = await up(host, async () => {
      const thing = new Thing(
        "key",
        { secretOutput: pulumi.secret("hidden"), open: "shown" },
        { additionalSecretOutputs: ["derived"] },
      );
      const outputs = [
        thing.derived,
        Reflect.get(thing, "secretOutput"),
        Reflect.get(thing, "open"),
      ];
      isSecret = await Promise.all(outputs.map((each) => pulumi.isSecret(each)));
      return { key: thing.derived };
    });
    expect(errorsOf(run)).to.deep.equal([]);
    expect(isSecret).to.deep.equal([true, true, false]);
    expect(host.aws.calls[0]?.inputs?.secretOutput).to.equal("hidden");
    expect(run.outputs.key).to.deep.equal({ value: "hidden" });
  });

  it("a resource as an input is passed as its id, and in the program remains the resource", async () => {
    const run = await up(host, () => {
      const topic = new Thing("topic");
      const group = new Group("group", { topic });
      new Thing("queue", { topic, group });
      return { topic };
    });
    expect(errorsOf(run)).to.deep.equal([]);
    expect(host.aws.calls[1]?.inputs).to.deep.include({
      topic: "topic-1",
      group: "urn:pulumi:dev::shop::shop:index:Group::group",
    });
  });
});
