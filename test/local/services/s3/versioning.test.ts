import { expect } from "chai";
import { awsErrorOf } from "../../../harness/cloud/awsErrors.ts";
import { makeBuckets } from "../../../harness/cloud/buckets.ts";

describe("a bucket without versions", () => {
  it("keeps what was put last, and forgets what is deleted", () => {
    const { buckets, put, remove, text } = makeBuckets();
    buckets.create("photos");
    put("photos", "cat", "one");
    put("photos", "cat", "two");
    expect(text("photos", "cat")).to.equal("two");
    expect(text("photos", "cat", "null")).to.equal("two");
    expect(remove("photos", "cat")).to.deep.equal({ deleteMarker: false });
    expect(awsErrorOf(() => text("photos", "cat")).code).to.equal("NoSuchKey");
    expect(remove("photos", "cat")).to.deep.equal({ deleteMarker: false });
  });

  it("knows no other version than null", () => {
    const { buckets, put, text } = makeBuckets();
    buckets.create("photos");
    put("photos", "cat");
    expect(awsErrorOf(() => text("photos", "cat", "1"))).to.deep.equal({
      code: "InvalidArgument",
      message: "Invalid version id specified",
    });
    const other = "HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD";
    expect(awsErrorOf(() => text("photos", "cat", other)).code).to.equal("InvalidArgument");
  });

  it("keeps no bytes of what was overwritten or deleted", () => {
    const { buckets, put, remove, store } = makeBuckets();
    buckets.create("photos");
    put("photos", "cat", "one");
    put("photos", "cat", "two");
    put("photos", "dog", "three");
    remove("photos", "dog");
    const rows = store.prepare("SELECT size FROM bucket_contents").all();
    expect(rows.map(({ size }) => size)).to.deep.equal([3]);
  });
});

describe("a bucket with versions", () => {
  function makeVersioned() {
    const made = makeBuckets();
    made.buckets.create("photos");
    made.buckets.setVersioning("photos", "Enabled");
    return made;
  }

  it("keeps every version under an id of its own", () => {
    const { put, text } = makeVersioned();
    const one = put("photos", "cat", "one");
    const two = put("photos", "cat", "two");
    expect(one.versionId).not.to.equal(two.versionId);
    expect(one.versionId).to.match(/^[\w.]{32}$/);
    expect(text("photos", "cat")).to.equal("two");
    expect(text("photos", "cat", one.versionId)).to.equal("one");
  });

  it("covers a deleted object with a marker, whose removal shows it again", () => {
    const { put, remove, text } = makeVersioned();
    const one = put("photos", "cat", "one");
    const marker = remove("photos", "cat");
    expect(marker.deleteMarker).to.equal(true);
    expect(awsErrorOf(() => text("photos", "cat")).code).to.equal("NoSuchKey");
    expect(text("photos", "cat", one.versionId)).to.equal("one");
    const onMarker = awsErrorOf(() => text("photos", "cat", marker.versionId));
    expect(onMarker.code).to.equal("MethodNotAllowed");
    expect(remove("photos", "cat", marker.versionId)).to.deep.equal(marker);
    expect(text("photos", "cat")).to.equal("one");
  });

  it("marks even a key that was never there", () => {
    const { remove } = makeVersioned();
    expect(remove("photos", "ghost").deleteMarker).to.equal(true);
  });

  it("removes a version for good by its id, and takes its absence for done", () => {
    const { put, remove, text } = makeVersioned();
    const one = put("photos", "cat", "one");
    const two = put("photos", "cat", "two");
    const removed = { versionId: two.versionId, deleteMarker: false };
    expect(remove("photos", "cat", two.versionId)).to.deep.equal(removed);
    expect(text("photos", "cat")).to.equal("one");
    expect(remove("photos", "cat", two.versionId)).to.deep.equal(removed);
    expect(text("photos", "cat", one.versionId)).to.equal("one");
  });

  it("lists all versions, the newest first, page by page though the last one was deleted", () => {
    const { buckets, put, remove } = makeVersioned();
    const versions = ["one", "two", "three"].map((text) => put("photos", "cat", text).versionId);
    const marker = remove("photos", "cat");
    const dog = put("photos", "dog");
    const request = { bucket: "photos", versions: true };
    const first = buckets.objects.list({ ...request, limit: 2 });
    expect(first.truncated).to.equal(true);
    expect(summaryOf(first)).to.deep.equal([
      [marker.versionId, true, true],
      [versions[2], false, false],
    ]);
    const last = first.entries.at(-1);
    if (!last || !("object" in last)) throw new Error("expected a version at the end of the page");
    remove("photos", "cat", last.object.versionId);
    const second = buckets.objects.list({ ...request, limit: 10, after: last.object });
    expect(second.truncated).to.equal(false);
    expect(summaryOf(second)).to.deep.equal([
      [versions[1], false, false],
      [versions[0], false, false],
      [dog.versionId, true, false],
    ]);
  });

  function summaryOf({
    entries,
  }: ReturnType<ReturnType<typeof makeBuckets>["buckets"]["objects"]["list"]>) {
    return entries.map((entry) =>
      "object" in entry ? [entry.object.versionId, entry.latest, entry.object.deleteMarker] : [],
    );
  }

  it("when suspended keeps what it has, and one more with the id null", () => {
    const { buckets, put, remove, text } = makeVersioned();
    const one = put("photos", "cat", "one");
    buckets.setVersioning("photos", "Suspended");
    expect(put("photos", "cat", "two").versionId).to.equal("null");
    expect(put("photos", "cat", "three").versionId).to.equal("null");
    expect(text("photos", "cat")).to.equal("three");
    expect(text("photos", "cat", one.versionId)).to.equal("one");
    expect(remove("photos", "cat")).to.deep.equal({ versionId: "null", deleteMarker: true });
    expect(awsErrorOf(() => text("photos", "cat")).code).to.equal("NoSuchKey");
    const { entries } = buckets.objects.list({ bucket: "photos", limit: 10, versions: true });
    expect(entries).to.have.length(2);
  });

  it("is not empty while it has a version or a marker", () => {
    const { buckets, put, remove } = makeVersioned();
    const one = put("photos", "cat");
    const marker = remove("photos", "cat");
    const message =
      "The bucket you tried to delete is not empty. You must delete all versions in the bucket.";
    const refusal = { code: "BucketNotEmpty", message };
    expect(awsErrorOf(() => buckets.delete("photos"))).to.deep.equal(refusal);
    remove("photos", "cat", one.versionId);
    expect(awsErrorOf(() => buckets.delete("photos"))).to.deep.equal(refusal);
    remove("photos", "cat", marker.versionId);
    buckets.delete("photos");
    expect(buckets.find("photos")).to.equal(undefined);
  });
});
