import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { plainOutputs } from "../../../local/pulumi/values/json.ts";
import { Group, Thing, up, urnOf } from "../../harness/engine/inline.ts";
import { errorsOf, stepsOf, type TestHost, testHost } from "../../harness/engine/runs.ts";

describe("the steps of an update", () => {
  let host: TestHost;
  beforeEach(() => {
    host = testHost();
  });

  it("creates resources in the order of their dependencies, and returns the stack's outputs", async () => {
    const run = await up(host, () => {
      const topic = new Thing("topic");
      const queue = new Thing("queue", { source: topic.arn });
      return { arn: queue.arn };
    });
    expect(errorsOf(run)).to.deep.equal([]);
    expect(stepsOf(run)).to.deep.equal(["create topic", "create queue"]);
    expect(plainOutputs(run.outputs)).to.deep.equal({ arn: "arn:aws:test:::queue-2" });
    expect(host.aws.resources.get("queue-2")?.source).to.equal("arn:aws:test:::topic-1");
  });

  it("does nothing for resources that are as the program says, whatever a preview has run between", async () => {
    const program = () => ({ id: new Thing("queue", { size: 1 }).id });
    const first = await up(host, program);
    const preview = await up(host, program, { preview: true });
    const second = await up(host, program);
    expect(stepsOf(preview)).to.deep.equal(["same queue"]);
    expect(stepsOf(second)).to.deep.equal(["same queue"]);
    expect(second.outputs).to.deep.equal(first.outputs);
    expect(host.aws.log).to.deep.equal(["create queue"]);
  });

  it("updates in place what changes", async () => {
    await up(host, () => new Thing("queue", { size: 1 }).id);
    const run = await up(host, () => ({ id: new Thing("queue", { size: 2 }).id }));
    expect(stepsOf(run)).to.deep.equal(["update queue"]);
    expect(host.aws.log).to.deep.equal(["create queue", "update queue"]);
    expect(plainOutputs(run.outputs)).to.deep.equal({ id: "queue-1" });
  });

  it("creates a replacement before it deletes the old resource, and updates what depends on it between", async () => {
    const program = (name: string) => () => {
      const topic = new Thing("topic", { replaceKey: name });
      new Thing("queue", { source: topic.arn });
    };
    await up(host, program("a"));
    const run = await up(host, program("b"));
    expect(stepsOf(run)).to.deep.equal([
      "create-replacement topic",
      "update queue",
      "delete-replaced topic",
    ]);
    expect(host.aws.log.slice(2)).to.deep.equal(["create topic", "update queue", "delete topic"]);
    expect(run.changes["create-replacement"]).to.deep.equal([urnOf("topic")]);
  });

  it("deletes first where the provider or the program asks for it", async () => {
    await up(host, () => {
      new Thing("a", { deleteFirstKey: 1 });
      new Thing("b", { replaceKey: 1 });
      new Thing("c", { deleteFirstKey: 1 });
    });
    const run = await up(host, () => {
      const a = new Thing("a", { deleteFirstKey: 2 });
      const b = new Thing("b", { replaceKey: 2 }, { deleteBeforeReplace: true, dependsOn: a });
      new Thing("c", { deleteFirstKey: 2 }, { deleteBeforeReplace: false, dependsOn: b });
    });
    expect(stepsOf(run)).to.deep.equal([
      "delete-replaced a",
      "create-replacement a",
      "delete-replaced b",
      "create-replacement b",
      "create-replacement c",
      "delete-replaced c",
    ]);
  });

  it("deletes first everything that has to be replaced with a resource that is deleted first", async () => {
    const program = (key: number) => () => {
      const base = new Thing("base", { deleteFirstKey: key });
      new Thing("bound", { replaceWithBase: base.arn });
      new Thing("loose", { source: base.arn });
    };
    await up(host, program(1));
    const run = await up(host, program(2));
    expect(stepsOf(run).slice(0, 3)).to.deep.equal([
      "delete-replaced bound",
      "delete-replaced base",
      "create-replacement base",
    ]);
    expect(stepsOf(run).slice(3).sort()).to.deep.equal([
      "create-replacement bound",
      "update loose",
    ]);
  });

  it("deletes what the program no longer has, each after what depends on it", async () => {
    await up(host, () => {
      const group = new Group("group");
      const topic = new Thing("topic", {}, { parent: group });
      const queue = new Thing("queue", { source: topic.arn }, { parent: group });
      new Thing("policy", {}, { dependsOn: queue });
    });
    const run = await up(host, () => {});
    expect(stepsOf(run)).to.deep.equal([
      "delete policy",
      "delete queue",
      "delete topic",
      "delete group",
    ]);
    expect([...host.aws.resources.keys()]).to.deep.equal([]);
    expect(stepsOf(await up(host, () => {}))).to.deep.equal([]);
  });

  it("keeps everything when the program fails, and what it has made until then", async () => {
    await up(host, () => new Thing("old"));
    const run = await up(host, async () => {
      const made = new Thing("new");
      await new Promise((resolve) => made.id.apply(resolve));
      throw new Error("the program is wrong");
    });
    expect(run.succeeded).to.equal(false);
    expect(errorsOf(run)).to.deep.equal(["error: the program is wrong"]);
    expect([...host.aws.resources.keys()]).to.deep.equal(["old-1", "new-2"]);
    const next = await up(host, () => new Thing("new"));
    expect(stepsOf(next)).to.deep.equal(["same new", "delete old"]);
  });

  it("stops at a resource that the provider refuses, and names it", async () => {
    const run = await up(host, () => {
      const bad = new Thing("bad", { fail: "create" });
      new Thing("after", {}, { dependsOn: bad });
    });
    expect(run.succeeded).to.equal(false);
    expect(errorsOf(run)).to.deep.equal([
      "aws:test/thing:Thing (bad): error: AWS refuses to create bad",
    ]);
    expect(stepsOf(run)).to.deep.equal([]);
    expect(host.aws.log).to.deep.equal(["create bad"]);
  });

  it("reports each input that the provider refuses, with its value", async () => {
    const run = await up(host, () => new Thing("bad", { invalid: pulumi.secret("key") }));
    expect(errorsOf(run)).to.deep.equal([
      "aws:test/thing:Thing (bad): error: aws:test/thing:Thing resource 'bad': property invalid value {[secret]} has a problem: is not allowed",
    ]);
  });

  it("tries again to delete what it could not delete", async () => {
    await up(host, () => new Thing("topic", { replaceKey: 1, fail: "delete" }));
    const failed = await up(host, () => new Thing("topic", { replaceKey: 2 }));
    expect(failed.succeeded).to.equal(false);
    expect(errorsOf(failed)).to.deep.equal([
      "aws:test/thing:Thing (topic): error: AWS refuses to delete topic",
    ]);
    const again = await up(host, () => new Thing("topic", { replaceKey: 2 }));
    expect(again.succeeded).to.equal(false);
    expect(host.aws.log).to.deep.equal([
      "create topic",
      "create topic",
      "delete topic",
      "delete topic",
    ]);
  });

  it("leaves unknown in a preview what is not there yet, and makes nothing", async () => {
    let seen: unknown = "nothing";
    const run = await up(
      host,
      () => {
        const topic = new Thing("topic");
        topic.arn.apply((arn) => {
          seen = arn;
        });
        return { size: new Thing("queue", { source: topic.arn, size: 3 }).arn, topic: topic.id };
      },
      { preview: true },
    );
    expect(errorsOf(run)).to.deep.equal([]);
    expect(stepsOf(run)).to.deep.equal(["create topic", "create queue"]);
    expect(seen).to.equal("nothing");
    expect(plainOutputs(run.outputs)).to.deep.equal({ size: undefined, topic: undefined });
    expect(host.aws.log).to.deep.equal([]);
    expect(host.state.load()).to.deep.equal([]);
  });
});
