import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import type { SQSEvent } from "aws-lambda";
import { expect } from "chai";
import type { QueueHandler } from "../../../handlers/lib/batch.ts";
import { craftedPng } from "../../harness/handlers/craftedImages.ts";
import { useEnvironment } from "../../harness/handlers/environment.ts";
import { runHandler } from "../../harness/handlers/handlerRun.ts";
import { picture, view } from "../../harness/handlers/images.ts";
import { ObjectStore } from "../../harness/handlers/objectStore.ts";
import {
  type Change,
  queueEvent,
  s3Notification,
  s3TestEvent,
} from "../../harness/handlers/records.ts";
import { SdkCalls } from "../../harness/handlers/sdkCalls.ts";

const removal = "ObjectRemoved:Delete";
const about = (...changes: Change[]): SQSEvent =>
  queueEvent(...changes.map((change) => ({ body: s3Notification(change), messageId: change.key })));

describe("thumbnail", () => {
  useEnvironment(() => ({ THUMBNAILS_BUCKET: "thumbnails" }));

  let handler: QueueHandler;
  let calls: SdkCalls;
  let buckets: ObjectStore;

  before(async () => {
    ({ handler } = await import("../../../handlers/uploads/thumbnail.ts"));
  });

  beforeEach(() => {
    calls = new SdkCalls();
    buckets = new ObjectStore(calls);
    calls.start();
  });

  afterEach(() => calls.stop());

  async function outcomeOf(event: SQSEvent): Promise<Record<string, unknown> | undefined> {
    const { result, log } = await runHandler(handler, event);
    expect(result).to.deep.equal({ batchItemFailures: [] });
    expect(log).to.have.length(1);
    return log[0];
  }

  it("writes an image's thumbnail under the same key, with its content type", async () => {
    const key = "holiday photos/à la plage + 100%.png";
    buckets.put("uploads", key, await picture("image/png", 600, 300));
    const line = await outcomeOf(about({ key }));
    const thumbnail = buckets.get("thumbnails", key);
    expect(thumbnail?.contentType).to.equal("image/png");
    expect(thumbnail && (await view(thumbnail.bytes))).to.include({ width: 256, height: 128 });
    expect(line).to.include({
      outcome: "thumbnail written",
      key,
      contentType: "image/png",
      bytes: thumbnail?.bytes.length,
    });
    expect(buckets.keys("thumbnails")).to.deep.equal([key]);
  });

  it("goes by an object's contents, and not by its name or type", async () => {
    buckets.put("uploads", "notes.txt", await picture("image/jpeg", 300, 300), "text/plain");
    await outcomeOf(about({ key: "notes.txt" }));
    expect(buckets.get("thumbnails", "notes.txt")?.contentType).to.equal("image/jpeg");
  });

  for (const [what, bytes, reason, detail] of [
    ["is no image", Buffer.from("hello"), "not an image", /begins like no PNG/],
    ["is empty", Buffer.alloc(0), "not an image", /begins like no PNG/],
    [
      "is a broken image",
      Buffer.from("\x89PNG\r\n\x1a\ngarbage", "latin1"),
      "cannot be decoded",
      /./,
    ],
    ["is a bomb", craftedPng({ width: 60_000, height: 60_000 }), "too large", /more than 100 MB/],
  ] as const) {
    it(`skips what ${what}, with the reason in the log`, async () => {
      buckets.put("uploads", "cat.png", bytes);
      const line = await outcomeOf(about({ key: "cat.png" }));
      expect(line).to.include({ message: "handled", outcome: "skipped", reason, key: "cat.png" });
      expect(line?.detail).to.match(detail);
      expect(buckets.keys("thumbnails")).to.deep.equal([]);
    });
  }

  it("does not even read an object of more than 20 MiB", async () => {
    buckets.put("uploads", "film.png", Buffer.alloc(20 * 1024 * 1024 + 1));
    const line = await outcomeOf(about({ key: "film.png" }));
    expect(line).to.include({ outcome: "skipped", reason: "too large" });
    expect(calls.of(GetObjectCommand)).to.deep.equal([]);
  });

  it("removes the thumbnail of an image that was overwritten by something else", async () => {
    buckets.put("uploads", "cat.png", "no longer a cat");
    buckets.put("thumbnails", "cat.png", "old");
    expect(await outcomeOf(about({ key: "cat.png" }))).to.include({ outcome: "skipped" });
    expect(buckets.keys("thumbnails")).to.deep.equal([]);
  });

  it("removes the thumbnail when the object is removed", async () => {
    buckets.put("thumbnails", "cat.png", "old");
    buckets.put("thumbnails", "dog.png", "another");
    const line = await outcomeOf(about({ key: "cat.png", eventName: removal }));
    expect(line).to.include({ outcome: "thumbnail removed" });
    expect(buckets.keys("thumbnails")).to.deep.equal(["dog.png"]);
  });

  it("makes none of an object that was removed in the meantime", async () => {
    expect(await outcomeOf(about({ key: "cat.png" }))).to.include({ outcome: "thumbnail removed" });
    expect(calls.of(PutObjectCommand)).to.deep.equal([]);
  });

  it("keeps the thumbnail when a removal comes late, after the object is back", async () => {
    buckets.put("uploads", "cat.png", await picture("image/png", 300, 300));
    await outcomeOf(about({ key: "cat.png", eventName: removal }));
    expect(buckets.keys("thumbnails")).to.deep.equal(["cat.png"]);
  });

  it("leaves no thumbnail of an object that is removed while it is read", async () => {
    buckets.put("uploads", "cat.png", await picture("image/png", 300, 300));
    buckets.beforeGet = () => buckets.delete("uploads", "cat.png");
    await outcomeOf(about({ key: "cat.png" }));
    expect(buckets.keys("thumbnails")).to.deep.equal([]);
  });

  it("shows the newer picture when an object is overwritten while it is read", async () => {
    const newer = await picture("image/png", 512, 100);
    buckets.put("uploads", "cat.png", await picture("image/png", 300, 300));
    calls.on(PutObjectCommand, ({ Bucket, Key, Body, ContentType }) => {
      buckets.put("uploads", "cat.png", newer);
      if (Buffer.isBuffer(Body)) buckets.put(`${Bucket}`, `${Key}`, Body, ContentType);
      return {};
    });
    await outcomeOf(about({ key: "cat.png" }));
    const bytes = buckets.get("thumbnails", "cat.png")?.bytes;
    expect(bytes && (await view(bytes))).to.include({ width: 256, height: 50 });
  });

  it("never touches the audit log, which is in the same bucket", async () => {
    buckets.put("uploads", "audit/2026/01/01/x.json", await picture("image/png", 300, 300));
    buckets.put("thumbnails", "audit/2026/01/01/x.json", "{}");
    for (const eventName of ["ObjectCreated:Put", removal]) {
      const line = await outcomeOf(about({ key: "audit/2026/01/01/x.json", eventName }));
      expect(line).to.include({
        outcome: "skipped",
        reason: '"audit/" is reserved for the audit log',
      });
    }
    expect(buckets.get("thumbnails", "audit/2026/01/01/x.json")?.bytes.toString()).to.equal("{}");
  });

  it("ignores s3:TestEvent and events that change no contents", async () => {
    expect(await outcomeOf(queueEvent({ body: s3TestEvent }))).to.include({ outcome: "ignored" });
    const tagged = await outcomeOf(about({ key: "cat.png", eventName: "ObjectTagging:Put" }));
    expect(tagged).to.include({ outcome: "ignored" });
    expect(calls.made).to.deep.equal([]);
  });

  it("writes the same thumbnail when the event comes again", async () => {
    buckets.put("uploads", "cat.png", await picture("image/png", 300, 300));
    await outcomeOf(about({ key: "cat.png" }));
    const once = buckets.get("thumbnails", "cat.png");
    await outcomeOf(about({ key: "cat.png" }));
    expect(buckets.get("thumbnails", "cat.png")).to.deep.equal(once);
    expect(buckets.keys("thumbnails")).to.deep.equal(["cat.png"]);
  });

  it("reads one object at a time, for the sake of memory", async () => {
    const keys = ["a.png", "b.png", "c.png"];
    for (const key of keys) buckets.put("uploads", key, await picture("image/png", 300, 300));
    await runHandler(handler, about(...keys.map((key) => ({ key }))));
    const steps = calls.made.filter(({ command }) => /^(Get|Put)/.test(command));
    expect(steps.map(({ command }) => command.slice(0, 3))).to.deep.equal(
      keys.flatMap(() => ["Get", "Put"]),
    );
  });

  it("reports only the message whose image could not be written", async () => {
    for (const key of ["a.png", "b.png"]) {
      buckets.put("uploads", key, await picture("image/png", 300, 300));
    }
    calls.on(PutObjectCommand, ({ Key }) => {
      if (Key === "a.png") throw new Error("slow down");
      return {};
    });
    const { result, log } = await runHandler(handler, about({ key: "a.png" }, { key: "b.png" }));
    expect(result).to.deep.equal({ batchItemFailures: [{ itemIdentifier: "a.png" }] });
    expect(log[0]).to.include({ message: "failed", messageId: "a.png", permanent: false });
    expect(log[1]).to.include({ outcome: "thumbnail written", key: "b.png" });
    expect(calls.of(DeleteObjectCommand)).to.deep.equal([]);
  });
});
