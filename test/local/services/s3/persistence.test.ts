import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { openStore } from "../../../../local/storage/store.ts";
import { makeBuckets, requester, topicArn } from "../../../harness/cloud/buckets.ts";
import { killAfter } from "../../../harness/processes/killed.ts";

const uploadingCloud = join(import.meta.dirname, "../../../harness/processes/uploadingCloud.ts");

describe("buckets in a directory", () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "buckets-"));
  });

  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it("are found again as they were", () => {
    const before = makeBuckets({ store: openStore(directory) });
    before.buckets.create("photos");
    before.buckets.setPolicy("photos", "{}");
    before.buckets.setVersioning("photos", "Enabled");
    const rule = { id: "all", topicArn, events: ["s3:ObjectCreated:*"], suffix: ".png" };
    before.buckets.setNotification("photos", [rule]);
    const headers = { "content-type": "image/png", "x-amz-meta-mood": "good" };
    const cat = before.put("photos", "cät.png", "meow", { headers });
    const upload = before.buckets.uploads.create({ bucket: "photos", key: "big", headers });
    const part = before.buckets.uploads.putPart(upload, 1, Buffer.from("part"));
    const bucket = before.buckets.get("photos");
    before.store.close();

    const after = makeBuckets({ store: openStore(directory) });
    expect(after.buckets.get("photos")).to.deep.equal(bucket);
    expect(after.buckets.policy("arn:aws:s3:::photos")).to.equal("{}");
    expect(after.buckets.objects.get("photos", "cät.png")).to.deep.equal(cat);
    expect(after.text("photos", "cät.png")).to.equal("meow");
    const parts = [{ number: 1, etag: part.etag, checksums: {} }];
    const object = after.buckets.uploads.complete({ upload, parts }, requester);
    expect(object.sequence).to.be.greaterThan(cat.sequence);
    expect(after.text("photos", "big")).to.equal("part");
    after.store.close();
  });

  it("lose nothing that was accepted when the process is killed, nor half of it", async () => {
    const accepted = await killAfter(25, uploadingCloud, directory);
    const store = openStore(directory);
    const { buckets, text } = makeBuckets({ store });
    const { entries } = buckets.objects.list({ bucket: "photos", limit: 1000, versions: false });
    const stored = entries.flatMap((entry) => ("object" in entry ? [entry.object] : []));
    expect(stored.length).to.be.within(accepted, accepted + 1);
    for (let count = 1; count <= stored.length; count++) {
      const content = `content of ${count} `.repeat(1000);
      expect(text("photos", `object-${count}`) === content, `object-${count}`).to.equal(true);
    }
    // The test event is one of them.
    const { published } = store.prepare("SELECT count(*) AS published FROM published").get() ?? {};
    expect(published).to.equal(stored.length + 1);
    store.close();
  });
});
