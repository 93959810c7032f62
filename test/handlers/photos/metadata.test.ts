import type { Context, SNSEvent } from "aws-lambda";
import { expect } from "chai";
import { useDatabase } from "../../harness/handlers/database.ts";
import { useEnvironment } from "../../harness/handlers/environment.ts";
import { runHandler } from "../../harness/handlers/handlerRun.ts";
import { picture } from "../../harness/handlers/images.ts";
import { ObjectStore } from "../../harness/handlers/objectStore.ts";
import { type Change, notificationEvent, s3Notification } from "../../harness/handlers/records.ts";
import { SdkCalls } from "../../harness/handlers/sdkCalls.ts";

const removal = "ObjectRemoved:Delete";

describe("a photo's metadata", () => {
  const database = useDatabase({ metadata: "key" });
  useEnvironment(() => ({ METADATA_TABLE: "metadata", AWS_ENDPOINT_URL_DYNAMODB: database().url }));

  let handler: (event: SNSEvent, context: Context) => Promise<void>;
  let calls: SdkCalls;
  let buckets: ObjectStore;

  before(async () => {
    ({ handler } = await import("../../../handlers/photos/metadata.ts"));
  });

  beforeEach(() => {
    calls = new SdkCalls();
    buckets = new ObjectStore(calls);
    calls.start({ othersGoThrough: true });
  });

  afterEach(() => calls.stop());

  async function handle(change: Change): Promise<unknown[]> {
    const event = notificationEvent({ message: s3Notification({ bucket: "photos", ...change }) });
    return (await runHandler(handler, event)).log.map(({ outcome }) => outcome);
  }

  it("says what it is, and how large", async () => {
    const bytes = await picture("image/jpeg", 60, 40);
    buckets.put("photos", "à la plage.jpg", bytes, "image/jpeg");
    expect(await handle({ key: "à la plage.jpg" })).to.deep.equal(["upserted"]);
    expect(await database().get("metadata", "à la plage.jpg")).to.include({
      size: bytes.length,
      type: "image/jpeg",
      format: "jpeg",
      width: 60,
      height: 40,
      time: "2026-01-31T10:30:00.000Z",
    });
  });

  for (const [what, bytes, problem] of [
    ["no image", Buffer.from("words"), "not an image"],
    ["a broken image", Buffer.from("\x89PNG\r\n\x1a\ngarbage", "latin1"), "cannot be decoded"],
    ["larger than any photo", Buffer.alloc(20 * 1024 * 1024 + 1), "too large"],
  ] as const) {
    it(`says that it is ${what}`, async () => {
      buckets.put("photos", "photo.png", bytes);
      expect(await handle({ key: "photo.png" })).to.deep.equal(["upserted"]);
      const item = await database().get("metadata", "photo.png");
      expect(item).to.include({ size: bytes.length, problem });
      expect(item).not.to.have.any.keys("format", "width", "height");
    });
  }

  it("is struck when the photo is removed, also between the look at it and the reading", async () => {
    buckets.put("photos", "photo.png", await picture("image/png", 10, 10));
    await handle({ key: "photo.png", sequencer: "01" });
    buckets.beforeGet = () => buckets.delete("photos", "photo.png");
    expect(await handle({ key: "photo.png", sequencer: "02" })).to.deep.equal(["deleted"]);
    expect(await database().all("metadata")).to.deep.equal([]);
    const late = { key: "photo.png", sequencer: "03", eventName: removal };
    expect(await handle(late)).to.deep.equal(["deleted"]);
  });

  it("is not undone by an event that comes too late", async () => {
    buckets.put("photos", "photo.png", await picture("image/png", 10, 10));
    await handle({ key: "photo.png", sequencer: "02" });
    const late = { key: "photo.png", sequencer: "01", eventName: removal };
    expect(await handle(late)).to.deep.equal(["unchanged"]);
    expect(await database().all("metadata")).to.have.length(1);
  });
});
