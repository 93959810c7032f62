import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { startStreams } from "../../../harness/cloud/streams.ts";

const minute = 60_000;

describe("a delivery stream", () => {
  it("gathers records for its interval, from the first on, and writes them in one object", async () => {
    const { create, put, clock, objects } = startStreams();
    const { arn } = create({ prefix: "all/", bufferingSeconds: 60 });
    put(arn, "one\n");
    await clock.advance(30_000);
    put(arn, "two\n");
    await clock.advance(29_999);
    expect([...objects()]).to.deep.equal([]);
    await clock.advance(1);
    const [[key, text] = []] = objects();
    expect(objects()).to.have.property("size", 1);
    // The time is that of the oldest record.
    expect(key).to.match(/^all\/2026\/01\/01\/00\/events-1-2026-01-01-00-00-00-[0-9a-f-]{36}$/);
    expect(text).to.equal("one\ntwo\n");
  });

  it("begins anew with the next record", async () => {
    const { create, put, clock, objects } = startStreams();
    const { arn } = create();
    put(arn, "one\n");
    await clock.advance(10 * minute);
    put(arn, "two\n");
    await clock.advance(5 * minute - 1);
    expect([...objects().values()]).to.deep.equal(["one\n"]);
    await clock.advance(1);
    expect([...objects().values()]).to.have.members(["one\n", "two\n"]);
  });

  it("does not wait when it has gathered as much as it may", async () => {
    const { create, put, clock, objects } = startStreams();
    const { arn } = create({ bufferingMebibytes: 1 });
    const half = "x".repeat(512 * 1024);
    put(arn, half);
    await clock.advance(0);
    expect(objects().size).to.equal(0);
    put(arn, half);
    await clock.advance(0);
    expect([...objects().values()]).to.deep.equal([half + half]);
  });

  it("compresses what it writes when it is to", async () => {
    const { create, put, clock, objects } = startStreams();
    put(create({ compression: "GZIP" }).arn, "one\n");
    await clock.advance(5 * minute);
    const [[key = "", text] = []] = objects();
    expect(key).to.match(/\.gz$/);
    expect(text).to.equal("one\n");
  });

  it("keeps its records when its role may not write, says so, and tries again", async () => {
    const { create, put, clock, objects, steps, allow, cloud } = startStreams({ allowed: false });
    const { arn } = create({ bufferingSeconds: 60 });
    put(arn, "one\n");
    await clock.advance(minute);
    expect(objects().size).to.equal(0);
    expect(steps("event-1").map(({ kind, from, to }) => [kind, from, to])).to.deep.equal([
      ["denied", arn, "arn:aws:s3:::archive"],
      ["retrying", arn, "arn:aws:s3:::archive"],
    ]);
    const [denied] = steps("event-1");
    expect(denied)
      .to.have.property("reason")
      .that.includes("role/writer")
      .and.includes("s3:PutObject");
    allow();
    await clock.advance(minute);
    expect([...objects().values()]).to.deep.equal(["one\n"]);
    expect(steps("event-1").at(-1)).to.include({ kind: "stored", time: cloud.clock.now() });
  });

  it("writes what it gathered as its latest settings say", async () => {
    const { create, put, clock, objects, cloud } = startStreams();
    const { arn, ...settings } = create();
    put(arn, "one\n");
    cloud.streams.update({ ...settings, prefix: "new/" });
    await clock.advance(5 * minute);
    expect([...objects()].map(([key, text]) => [key.slice(0, 4), text])).to.deep.equal([
      ["new/", "one\n"],
    ]);
  });

  it("does not try again sooner because more comes than it may gather", async () => {
    const { create, put, clock, objects, steps, allow } = startStreams({ allowed: false });
    const { arn } = create({ bufferingMebibytes: 1 });
    const half = "x".repeat(512 * 1024);
    put(arn, half, "event-1");
    put(arn, half, "event-2");
    await clock.advance(0);
    const kinds = () => steps("event-1").map(({ kind }) => kind);
    expect(kinds()).to.deep.equal(["denied", "retrying"]);
    put(arn, half, "event-3");
    await clock.advance(5 * minute - 1);
    expect(kinds()).to.deep.equal(["denied", "retrying"]);
    allow();
    await clock.advance(1);
    expect([...objects().values()]).to.deep.equal([half + half + half]);
    put(arn, half);
    put(arn, half);
    await clock.advance(0);
    expect(objects().size).to.equal(2);
  });

  it("keeps its records when the bucket is gone, and loses them after a day", async () => {
    const { create, put, clock, steps, cloud, objects } = startStreams();
    const { arn } = create();
    put(arn, "one\n");
    cloud.buckets.delete("archive");
    await clock.advance(24 * 60 * minute);
    const kinds = steps("event-1").map(({ kind }) => kind);
    expect(new Set(kinds.slice(0, -1))).to.deep.equal(new Set(["retrying"]));
    expect(kinds.at(-1)).to.equal("dropped");
    cloud.buckets.create("archive");
    await clock.advance(24 * 60 * minute);
    expect(objects().size).to.equal(0);
  });

  it("takes no record of more than 1,000 KiB", () => {
    const { create, put } = startStreams();
    const { arn } = create();
    put(arn, "x".repeat(1_024_000));
    expect(() => put(arn, "x".repeat(1_024_001)))
      .to.throw("1024000 is the most")
      .with.property("code", "InvalidArgumentException");
  });

  it("must be there", () => {
    const arn = "arn:aws:firehose:eu-west-1:000000000000:deliverystream/other";
    expect(() => startStreams().put(arn, "one"))
      .to.throw(`The delivery stream ${arn} does not exist.`)
      .with.property("code", "ResourceNotFoundException");
  });

  it("still has what it gathered when the process is killed", async () => {
    const dataDirectory = mkdtempSync(join(tmpdir(), "streams-"));
    try {
      const killed = startStreams({ dataDirectory });
      killed.put(killed.create().arn, "one\n");
      killed.cloud.disk?.close();
      killed.cloud.store.close();
      // The end of a process lets go of the tables' own database.
      await killed.cloud.tables.close();
      const { create, clock, objects, cloud } = startStreams({ dataDirectory });
      create();
      await clock.advance(5 * minute);
      expect([...objects().values()]).to.deep.equal(["one\n"]);
      await cloud.close();
    } finally {
      rmSync(dataDirectory, { recursive: true });
    }
  });

  it("writes nothing once the cloud is closed", async () => {
    const { create, put, clock, cloud } = startStreams();
    put(create().arn, "one\n");
    await cloud.close();
    const known = cloud.trace.recent().length;
    await clock.advance(5 * minute);
    expect(cloud.trace.recent().slice(known)).to.deep.equal([]);
  });
});
