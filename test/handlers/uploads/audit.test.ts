import { PutObjectCommand } from "@aws-sdk/client-s3";
import { expect } from "chai";
import type { QueueHandler } from "../../../handlers/lib/batch.ts";
import { useEnvironment } from "../../harness/handlers/environment.ts";
import { runHandler } from "../../harness/handlers/handlerRun.ts";
import { ObjectStore } from "../../harness/handlers/objectStore.ts";
import {
  envelope,
  queueEvent,
  s3Notification,
  s3TestEvent,
} from "../../harness/handlers/records.ts";
import { SdkCalls } from "../../harness/handlers/sdkCalls.ts";

describe("audit", () => {
  useEnvironment(() => ({ AUDIT_BUCKET: "log" }));

  let handler: QueueHandler;
  let calls: SdkCalls;
  let buckets: ObjectStore;

  before(async () => {
    ({ handler } = await import("../../../handlers/uploads/audit.ts"));
  });

  beforeEach(() => {
    calls = new SdkCalls();
    buckets = new ObjectStore(calls);
    calls.start();
  });

  afterEach(() => calls.stop());

  const created = s3Notification({ key: "my photo.png", size: 7, etag: "abc" });

  it("appends an object for each event, in JSON", async () => {
    const removed = s3Notification({
      key: "my photo.png",
      eventName: "ObjectRemoved:Delete",
      sequencer: "0055AED6DCD90281E6",
    });
    const { log } = await runHandler(handler, queueEvent({ body: created }, { body: removed }));
    const keys = buckets.keys("log");
    expect(keys).to.have.length(2);
    expect(log.map(({ auditedAs }) => auditedAs).sort()).to.deep.equal(keys);
    const records = keys.map((key) => JSON.parse(`${buckets.get("log", key)?.bytes}`));
    expect(records.map(({ event, key }) => [event, key])).to.deep.equal([
      ["ObjectCreated:Put", "my photo.png"],
      ["ObjectRemoved:Delete", "my photo.png"],
    ]);
    expect(buckets.get("log", keys[0])?.contentType).to.equal("application/json");
  });

  it("never writes an event twice, nor over what is there", async () => {
    await runHandler(handler, queueEvent({ body: created }));
    const [key = ""] = buckets.keys("log");
    buckets.put("log", key, "as it was");
    const again = queueEvent({ body: envelope({ message: created }) });
    const { result, log } = await runHandler(handler, again);
    expect(result).to.deep.equal({ batchItemFailures: [] });
    expect(log[0]).to.include({ outcome: "unchanged", reason: "audited before", auditedAs: key });
    expect(buckets.keys("log")).to.deep.equal([key]);
    expect(buckets.get("log", key)?.bytes.toString()).to.equal("as it was");
    for (const { IfNoneMatch } of calls.of(PutObjectCommand)) expect(IfNoneMatch).to.equal("*");
  });

  it("audits events of every kind", async () => {
    const tagged = { key: "a", eventName: "ObjectTagging:Put", sequencer: null };
    await runHandler(handler, queueEvent({ body: s3Notification(tagged), messageId: "m-1" }));
    expect(buckets.keys("log")[0]).to.contain("-m-1-");
  });

  it("ignores s3:TestEvent", async () => {
    const { result } = await runHandler(handler, queueEvent({ body: s3TestEvent }));
    expect(result).to.deep.equal({ batchItemFailures: [] });
    expect(calls.made).to.deep.equal([]);
  });

  it("reports an event that it could not write", async () => {
    calls.on(PutObjectCommand, () => {
      throw new Error("slow down");
    });
    const { result } = await runHandler(handler, queueEvent({ body: created, messageId: "m-1" }));
    expect(result).to.deep.equal({ batchItemFailures: [{ itemIdentifier: "m-1" }] });
  });

  it("refuses for good what is no event of S3", async () => {
    const event = queueEvent({ body: "hello", messageId: "m-1" });
    const { result, log } = await runHandler(handler, event);
    expect(result).to.deep.equal({ batchItemFailures: [{ itemIdentifier: "m-1" }] });
    expect(log[0]).to.include({ message: "failed", permanent: true });
  });
});
