import { expect } from "chai";
import { awsErrorOf } from "../../../harness/cloud/awsErrors.ts";
import { makeBuckets } from "../../../harness/cloud/buckets.ts";

describe("buckets", () => {
  it("are made once, and stay as they are when made again", async () => {
    const { buckets, clock, put, text } = makeBuckets();
    const made = buckets.create("photos");
    put("photos", "cat");
    await clock.advance(1000);
    expect(buckets.create("photos")).to.deep.equal(made);
    expect(text("photos", "cat")).to.equal("text");
    expect(made).to.deep.equal({
      name: "photos",
      arn: "arn:aws:s3:::photos",
      created: Date.UTC(2026, 0, 1),
      versioning: "Disabled",
      notification: [],
    });
  });

  it("are listed by name", () => {
    const { buckets } = makeBuckets();
    for (const name of ["photos", "audit", "invoices"]) buckets.create(name);
    expect(buckets.list().map(({ name }) => name)).to.deep.equal(["audit", "invoices", "photos"]);
  });

  const wrong = [
    "ab",
    "Photos",
    "a_b",
    "-ab",
    "ab-",
    "a..b",
    "192.168.0.1",
    "x".repeat(64),
    "xn--a",
  ];
  for (const name of wrong) {
    it(`cannot be called "${name}"`, () => {
      const { buckets } = makeBuckets();
      expect(awsErrorOf(() => buckets.create(name)).code).to.equal("InvalidBucketName");
      expect(buckets.list()).to.deep.equal([]);
    });
  }

  it("are deleted only when empty, with the uploads that were not completed", () => {
    const { buckets, put, remove, store } = makeBuckets();
    buckets.create("photos");
    put("photos", "cat");
    expect(awsErrorOf(() => buckets.delete("photos"))).to.deep.equal({
      code: "BucketNotEmpty",
      message: "The bucket you tried to delete is not empty",
    });
    remove("photos", "cat");
    const upload = buckets.uploads.create({ bucket: "photos", key: "big", headers: {} });
    buckets.uploads.putPart(upload, 1, Buffer.from("part"));
    buckets.delete("photos");
    expect(awsErrorOf(() => buckets.get("photos"))).to.deep.equal({
      code: "NoSuchBucket",
      message: "The specified bucket does not exist",
    });
    expect(store.prepare("SELECT * FROM bucket_contents").all()).to.deep.equal([]);
  });

  it("give their policy by their ARN and by the ARN of an object", () => {
    const { buckets } = makeBuckets();
    buckets.create("photos");
    expect(buckets.policy("arn:aws:s3:::photos")).to.equal(undefined);
    buckets.setPolicy("photos", '{"Version":"2012-10-17"}');
    expect(buckets.policy("arn:aws:s3:::photos")).to.equal('{"Version":"2012-10-17"}');
    expect(buckets.policy("arn:aws:s3:::photos/a/b")).to.equal('{"Version":"2012-10-17"}');
    expect(buckets.policy("arn:aws:s3:::other")).to.equal(undefined);
    buckets.setPolicy("photos", undefined);
    expect(buckets.policy("arn:aws:s3:::photos")).to.equal(undefined);
  });

  it("take keys of up to 1,024 bytes", () => {
    const { buckets, put } = makeBuckets();
    buckets.create("photos");
    put("photos", "é".repeat(512));
    expect(awsErrorOf(() => put("photos", "é".repeat(513))).code).to.equal("KeyTooLongError");
  });

  it("take nothing when they are not there", () => {
    const { put } = makeBuckets();
    expect(awsErrorOf(() => put("ghost", "cat")).code).to.equal("NoSuchBucket");
  });
});
