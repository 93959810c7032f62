import { CopyObjectCommand, HeadObjectCommand } from "@aws-sdk/client-s3";
import { expect } from "chai";
import { cannedList } from "../../../../../local/services/s3/accessLists/accessList.ts";
import { failureOf } from "../../../../harness/assertions/failure.ts";
import { enableLists } from "../../../../harness/cloud/buckets.ts";
import { type S3Endpoint, serveS3 } from "../../../../harness/endpoints/s3Endpoint.ts";

describe("S3 copies on the wire", () => {
  let s3: S3Endpoint;

  beforeEach(async () => {
    s3 = await serveS3();
    s3.buckets.create("photos");
    s3.buckets.create("copies");
    const headers = { "content-type": "image/png", "x-amz-meta-mood": "good" };
    s3.put("photos", "my cat+dog ü.png", "meow", { headers });
  });

  afterEach(() => s3.close());

  const CopySource = `photos/${encodeURIComponent("my cat+dog ü.png")}`;

  function copy(more: object = {}) {
    const request = { Bucket: "copies", Key: "twin", CopySource, ...more };
    return s3.client.send(new CopyObjectCommand(request));
  }

  function head(Bucket = "copies", Key = "twin") {
    return s3.client.send(new HeadObjectCommand({ Bucket, Key }));
  }

  it("have the bytes and the metadata of their source, and are told of as copies", async () => {
    const { CopyObjectResult } = await copy();
    expect(CopyObjectResult?.ETag).to.equal('"4a4be40c96ac6314e91d93f38043a634"');
    expect(s3.text("copies", "twin")).to.equal("meow");
    expect(await head()).to.deep.include({ ContentType: "image/png", Metadata: { mood: "good" } });
    expect(s3.trace.recent().at(-1)).to.deep.include({
      kind: "stored",
      eventName: "ObjectCreated:Copy",
      to: "arn:aws:s3:::copies",
      key: "twin",
    });
  });

  it("have metadata of their own where that is asked for", async () => {
    await copy({ MetadataDirective: "REPLACE", ContentType: "image/x", Metadata: { new: "yes" } });
    expect(await head()).to.deep.include({ ContentType: "image/x", Metadata: { new: "yes" } });
  });

  it("have an access control list of their own", async () => {
    enableLists(s3.buckets, "copies");
    await copy({ ACL: "public-read" });
    const { acl } = s3.buckets.objects.get("copies", "twin");
    expect(acl).to.deep.equal(cannedList("public-read"));
    await copy({ CopySource: "copies/twin", Key: "other" });
    expect(s3.buckets.objects.get("copies", "other")).not.to.have.property("acl");
  });

  it("may replace the metadata of their source, but not copy it onto itself", async () => {
    const itself = { Bucket: "photos", Key: "my cat+dog ü.png" };
    expect((await failureOf(copy(itself))).name).to.equal("InvalidRequest");
    await copy({ ...itself, MetadataDirective: "REPLACE", Metadata: { mood: "better" } });
    const changed = await head("photos", "my cat+dog ü.png");
    expect(changed.Metadata).to.deep.equal({ mood: "better" });
    expect(s3.text("photos", "my cat+dog ü.png")).to.equal("meow");
  });

  it("are made only when the conditions hold, of the source and of the target", async () => {
    const nameOf = async (more: object) => (await failureOf(copy(more))).name;
    expect(await nameOf({ CopySourceIfMatch: '"x"' })).to.equal("PreconditionFailed");
    expect(await nameOf({ CopySourceIfNoneMatch: "4a4be40c96ac6314e91d93f38043a634" })).to.equal(
      "PreconditionFailed",
    );
    await copy({ IfNoneMatch: "*" });
    expect(await nameOf({ IfNoneMatch: "*" })).to.equal("PreconditionFailed");
  });

  it("take a plus sign in the name of the source for a space, as S3 does", async () => {
    expect((await failureOf(copy({ CopySource: "photos/my cat+dog ü.png" }))).name).to.equal(
      "NoSuchKey",
    );
    s3.put("photos", "a b", "spaced");
    await copy({ CopySource: "/photos/a+b" });
    expect(s3.text("copies", "twin")).to.equal("spaced");
  });

  it("may be of an older version", async () => {
    s3.buckets.setVersioning("photos", "Enabled");
    const { versionId } = s3.put("photos", "cat", "old");
    s3.put("photos", "cat", "new");
    const done = await copy({ CopySource: `photos/cat?versionId=${versionId}` });
    expect(done.CopySourceVersionId).to.equal(versionId);
    expect(s3.text("copies", "twin")).to.equal("old");
  });

  it("need a source that is a bucket and a key", async () => {
    for (const source of ["photos", "photos/", "/", "%ZZ/x"]) {
      expect((await failureOf(copy({ CopySource: source }))).name, source).to.equal(
        "InvalidArgument",
      );
    }
    expect((await failureOf(copy({ CopySource: "ghost/cat" }))).name).to.equal("NoSuchBucket");
  });
});
