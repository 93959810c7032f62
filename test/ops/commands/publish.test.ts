import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import type { Hop } from "../../../local/trace/hop.ts";
import { startTestRun, type TestRun } from "../../harness/runs/localRun.ts";
import { runOps } from "../../harness/runs/ops.ts";

describe("ops publish", () => {
  let test: TestRun;
  let directory: string;
  before(async () => {
    directory = mkdtempSync(path.join(tmpdir(), "publish-"));
    test = await startTestRun(["orders", "user-interactions"]);
  });
  after(async () => {
    await test.close();
    rmSync(directory, { recursive: true });
  });

  /** The last message that a topic took, by its trace. */
  function lastPublished() {
    const published = test.run.cloud.trace
      .recent()
      .filter((hop): hop is Hop & { kind: "published" } => hop.kind === "published");
    const { messageId, body, attributes = {}, groupId, to } = published.at(-1) ?? fail();
    const texts = Object.entries(attributes).map(([name, { dataType, stringValue }]) => [
      name,
      [dataType, stringValue],
    ]);
    return { messageId, body, attributes: Object.fromEntries(texts), groupId, topic: topicIn(to) };
  }

  function topicIn(arn: string) {
    return arn.split(":").at(-1);
  }

  function fail(): never {
    throw new Error("nothing was published");
  }

  function file(text: string): string {
    const name = path.join(directory, "message");
    writeFileSync(name, text);
    return name;
  }

  it("publishes a file unchanged, except for the last line break", async () => {
    const { code, output } = await runOps(test, ["publish", "user-interactions", file("a\nb\n")]);
    const { messageId, ...message } = lastPublished();
    expect({ code, output }).to.deep.equal({
      code: 0,
      output: `user-interactions: published ${messageId}`,
    });
    expect(message).to.deep.equal({
      body: "a\nb",
      attributes: {},
      groupId: undefined,
      topic: "user-interactions",
    });
  });

  it("publishes JSON with unknown members as the message itself", async () => {
    const text = '{"message":"x","orderId":"o-1"}';
    await runOps(test, ["publish", "user-interactions", file(text)]);
    expect(lastPublished()).to.include({ body: text });
  });

  it("reads attributes and the group from the file; the command line overrides them", async () => {
    const text = JSON.stringify({
      message: { orderId: "o-1" },
      attributes: { kind: "a", size: 3, tags: ["x", 1, null] },
      groupId: "file",
      deduplicationId: "d-1",
    });
    await runOps(test, [
      ...["publish", "orders", file(text), "--group", "line"],
      ...["--attribute", "kind=b=c", "--attribute", "more=1"],
    ]);
    const { messageId: _, ...message } = lastPublished();
    expect(message).to.deep.equal({
      body: '{"orderId":"o-1"}',
      attributes: {
        kind: ["String", "b=c"],
        size: ["Number", "3"],
        tags: ["String.Array", '["x",1,null]'],
        more: ["String", "1"],
      },
      groupId: "line",
      topic: "orders.fifo",
    });
  });

  it("reads the standard input for -", async () => {
    await runOps(test, ["publish", "user-interactions", "-"], { input: "hello" });
    expect(lastPublished()).to.include({ body: "hello" });
  });

  it("publishes an example by its title, and lists the titles", async () => {
    await runOps(test, ["publish", "user-interactions", "--example", "ada likes a post"]);
    expect(lastPublished()).to.deep.include({
      body: '{"interactionId":"i-1","postId":"post-1","userId":"u-1"}',
      attributes: { type: ["String", "like"] },
    });
    const { code, notes } = await runOps(test, ["publish", "orders", "--example", "nothing"]);
    expect({ code, first: notes.split("\n").slice(0, 2) }).to.deep.equal({
      code: 2,
      first: ['orders has no example "nothing"; its examples are', "  An order is placed"],
    });
  });

  it("prints ids with --json", async () => {
    const argv = ["publish", "orders", "--example", "An order is placed", "--json"];
    const { output } = await runOps(test, argv);
    const { messageId } = lastPublished();
    expect(JSON.parse(output)).to.deep.include({ system: "orders", messageId });
    expect(JSON.parse(output).sequenceNumber).to.match(/^\d{20}$/);
  });

  const wrong: readonly (readonly [string[], number, string])[] = [
    [["orders", "-"], 2, "orders is a FIFO topic: set the message group by --group"],
    [["orders", "-", "--example", "x"], 2, "give either FILE or --example, not both"],
    [["orders", "-", "--attribute", "x"], 2, '--attribute is NAME=TEXT (given "x")'],
    [
      ["orders", "/none"],
      1,
      "/none cannot be read: ENOENT: no such file or directory, open '/none'",
    ],
  ];
  for (const [argv, code, notes] of wrong) {
    it(`rejects "${argv.join(" ")}"`, async () => {
      const given = await runOps(test, ["publish", ...argv], { input: "x" });
      expect(given).to.deep.equal({ code, output: "", notes });
    });
  }

  it("reports an invalid file, and the error of AWS", async () => {
    const attributes = await runOps(test, ["publish", "orders", "-"], {
      input: '{"message":"x","attributes":{"a":{"b":1}}}',
    });
    expect(attributes.code).to.equal(1);
    expect(attributes.notes).to.match(/^-: attributes\.a: /);
    const empty = await runOps(test, ["publish", "user-interactions", "-"], { input: "" });
    expect(empty).to.deep.equal({
      code: 1,
      output: "",
      notes: "InvalidParameterException: Invalid parameter: Empty message",
    });
  });
});
