import { HeadObjectCommand } from "@aws-sdk/client-s3";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";
import type { QueueHandler } from "../../../handlers/lib/batch.ts";
import { useDatabase } from "../../harness/handlers/database.ts";
import { useEnvironment } from "../../harness/handlers/environment.ts";
import { runHandler } from "../../harness/handlers/handlerRun.ts";
import { ObjectStore } from "../../harness/handlers/objectStore.ts";
import { type Change, queueEvent, s3Notification } from "../../harness/handlers/records.ts";
import { SdkCalls } from "../../harness/handlers/sdkCalls.ts";

const removal = "ObjectRemoved:Delete";
const helloEtag = "5d41402abc4b2a76b9719d911017c592";

describe("catalog", () => {
  const database = useDatabase({ catalog: "key" });
  useEnvironment(() => ({ CATALOG_TABLE: "catalog", AWS_ENDPOINT_URL_DYNAMODB: database().url }));

  let handler: QueueHandler;
  let calls: SdkCalls;
  let buckets: ObjectStore;

  before(async () => {
    ({ handler } = await import("../../../handlers/uploads/catalog.ts"));
  });

  beforeEach(() => {
    calls = new SdkCalls();
    buckets = new ObjectStore(calls);
    calls.start({ othersGoThrough: true });
  });

  afterEach(() => calls.stop());

  async function handle(...changes: Change[]): Promise<unknown[]> {
    const records = changes.map((change) => ({ body: s3Notification(change) }));
    const { result, log } = await runHandler(handler, queueEvent(...records));
    expect(result).to.deep.equal({ batchItemFailures: [] });
    return log.map(({ outcome }) => outcome);
  }

  const put = (key: string, text: string) => buckets.put("uploads", key, text, "text/plain");

  it("enters key, size, type, etag, time and bucket", async () => {
    const key = "holiday photos/à la plage + 100%.txt";
    put(key, "hello");
    expect(await handle({ key, sequencer: "0055AED600" })).to.deep.equal(["upserted"]);
    expect(await database().all("catalog")).to.deep.equal([
      {
        key,
        size: 5,
        type: "text/plain",
        etag: helloEtag,
        time: "2026-01-31T10:30:00.000Z",
        bucket: "uploads",
        sequencer: "0055AED6",
      },
    ]);
  });

  it("changes nothing when the event comes again", async () => {
    put("a", "hello");
    await handle({ key: "a" });
    const before = await database().all("catalog");
    await handle({ key: "a" }, { key: "a" });
    expect(await database().all("catalog")).to.deep.equal(before);
  });

  it("strikes the item when the object is removed", async () => {
    put("a", "hello");
    put("b", "hello");
    await handle({ key: "a", sequencer: "01" }, { key: "b", sequencer: "01" });
    buckets.delete("uploads", "a");
    const outcomes = await handle({ key: "a", sequencer: "02", eventName: removal });
    expect(outcomes).to.deep.equal(["deleted"]);
    expect(await database().get("catalog", "a")).to.equal(undefined);
    expect(await database().get("catalog", "b")).to.include({ key: "b" });
  });

  it("strikes it by a lifecycle rule as well", async () => {
    put("a", "hello");
    await handle({ key: "a", sequencer: "01" });
    buckets.delete("uploads", "a");
    await handle({ key: "a", sequencer: "02", eventName: "LifecycleExpiration:Delete" });
    expect(await database().all("catalog")).to.deep.equal([]);
  });

  describe("when events come in the wrong order", () => {
    it("does not let an older creation take the item back", async () => {
      put("a", "newer");
      await handle({ key: "a", sequencer: "02" });
      const older = { ETag: '"older"', ContentLength: 1, LastModified: new Date(0) };
      calls.on(HeadObjectCommand, () => older);
      expect(await handle({ key: "a", sequencer: "01" })).to.deep.equal(["unchanged"]);
      expect(await database().get("catalog", "a")).to.include({ sequencer: "02", size: 5 });
    });

    it("enters nothing by a creation that comes after the removal", async () => {
      expect(await handle({ key: "a", sequencer: "02", eventName: removal })).to.deep.equal([
        "deleted",
      ]);
      expect(await handle({ key: "a", sequencer: "01" })).to.deep.equal(["deleted"]);
      expect(await database().all("catalog")).to.deep.equal([]);
    });

    it("keeps the item when a removal comes after the next creation", async () => {
      put("a", "newer");
      await handle({ key: "a", sequencer: "03" });
      await handle({ key: "a", sequencer: "02", eventName: removal });
      expect(await database().get("catalog", "a")).to.include({ sequencer: "03", size: 5 });
    });

    it("does not let an older removal strike a newer item, even if it saw no object", async () => {
      put("a", "newer");
      await handle({ key: "a", sequencer: "03" });
      buckets.delete("uploads", "a");
      const outcomes = await handle({ key: "a", sequencer: "02", eventName: removal });
      expect(outcomes).to.deep.equal(["unchanged"]);
      expect(await database().get("catalog", "a")).to.include({ sequencer: "03" });
    });

    for (const order of [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ]) {
      it(`agrees with the bucket after creation, removal, creation in the order ${order}`, async () => {
        put("a", "hello");
        const events = [
          { key: "a", sequencer: "01" },
          { key: "a", sequencer: "02", eventName: removal },
          { key: "a", sequencer: "03" },
        ];
        for (const index of order) await handle(...events.slice(index, index + 1));
        expect(await database().all("catalog")).to.have.length(1);
        expect(await database().get("catalog", "a")).to.include({
          sequencer: "03",
          etag: helloEtag,
        });
      });
    }
  });

  it("leaves no item of an object that is removed while it is entered", async () => {
    put("a", "hello");
    buckets.afterHead = () => buckets.delete("uploads", "a");
    expect(await handle({ key: "a" })).to.deep.equal(["deleted"]);
    expect(calls.of(PutCommand)).to.have.length(1);
    expect(await database().all("catalog")).to.deep.equal([]);
  });

  it("enters the newer object when it is overwritten while it is entered", async () => {
    put("a", "older");
    buckets.afterHead = () => put("a", "hello");
    await handle({ key: "a" });
    expect(await database().get("catalog", "a")).to.include({ etag: helloEtag });
  });

  it("reports an event whose item could not be written", async () => {
    put("a", "hello");
    calls.on(PutCommand, () => {
      throw new Error("slow down");
    });
    const event = queueEvent({ body: s3Notification({ key: "a" }), messageId: "m-1" });
    const { result, log } = await runHandler(handler, event);
    expect(result).to.deep.equal({ batchItemFailures: [{ itemIdentifier: "m-1" }] });
    expect(log[0]).to.include({ permanent: false });
  });

  it("refuses for good an event that cannot be put in order", async () => {
    put("a", "hello");
    const body = s3Notification({ key: "a", sequencer: null });
    const { log } = await runHandler(handler, queueEvent({ body }));
    expect(log[0]).to.include({ message: "failed", permanent: true });
    expect(await database().all("catalog")).to.deep.equal([]);
  });

  it("ignores events that change no contents", async () => {
    const outcomes = await handle({ key: "a", eventName: "ObjectTagging:Put", sequencer: null });
    expect(outcomes).to.deep.equal(["ignored"]);
    expect(calls.made).to.deep.equal([]);
  });
});
