import {
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { expect } from "chai";
import { failureOf } from "../../../../harness/assertions/failure.ts";
import { type S3Endpoint, serveS3 } from "../../../../harness/endpoints/s3Endpoint.ts";

const Bucket = "photos";

describe("S3 objects on the wire", () => {
  let s3: S3Endpoint;

  beforeEach(async () => {
    s3 = await serveS3();
    await s3.client.send(new CreateBucketCommand({ Bucket }));
  });

  afterEach(() => s3.close());

  async function textOf(Key: string, more: object = {}): Promise<string | undefined> {
    const { Body } = await s3.client.send(new GetObjectCommand({ Bucket, Key, ...more }));
    return Body?.transformToString();
  }

  const keys = [
    "a b",
    "a+b",
    "100%25",
    "50%",
    "ünï/ço.txt",
    "😀",
    "//double//",
    "a/../b",
    "q?x=1&y#z",
    "'\"<&>",
  ];
  for (const key of keys) {
    it(`are put, read, described and deleted under the key ${JSON.stringify(key)}`, async () => {
      await s3.client.send(new PutObjectCommand({ Bucket, Key: key, Body: `I am ${key}` }));
      expect(s3.text(Bucket, key)).to.equal(`I am ${key}`);
      expect(await textOf(key)).to.equal(`I am ${key}`);
      const head = await s3.client.send(new HeadObjectCommand({ Bucket, Key: key }));
      expect(head.ContentLength).to.equal(Buffer.byteLength(`I am ${key}`));
      await s3.client.send(new DeleteObjectCommand({ Bucket, Key: key }));
      expect((await failureOf(textOf(key))).name).to.equal("NoSuchKey");
    });
  }

  it("give back what was said of them", async () => {
    const said = {
      ContentType: "image/png",
      CacheControl: "no-store",
      ContentDisposition: 'attachment; filename="cat.png"',
      ContentEncoding: "gzip",
      ContentLanguage: "de",
      StorageClass: "STANDARD_IA",
      ServerSideEncryption: "AES256",
      Metadata: { mood: "good", owner: "Tom" },
    } as const;
    await s3.client.send(new PutObjectCommand({ Bucket, Key: "cat", Body: "meow", ...said }));
    const expected = {
      ...said,
      AcceptRanges: "bytes",
      ContentLength: 4,
      ETag: '"4a4be40c96ac6314e91d93f38043a634"',
      LastModified: new Date(Date.UTC(2026, 0, 1)),
    };
    const read = await s3.client.send(new GetObjectCommand({ Bucket, Key: "cat" }));
    expect(read).to.deep.include(expected);
    const head = await s3.client.send(new HeadObjectCommand({ Bucket, Key: "cat" }));
    expect(head).to.deep.include(expected);
    expect(read).not.to.have.any.keys("VersionId", "PartsCount");
  });

  it("are binary/octet-stream unless something else is said", async () => {
    await s3.send({ method: "PUT", path: "/photos/plain", body: "x" });
    const head = await s3.client.send(new HeadObjectCommand({ Bucket, Key: "plain" }));
    expect(head.ContentType).to.equal("binary/octet-stream");
  });

  it("may be empty", async () => {
    await s3.client.send(new PutObjectCommand({ Bucket, Key: "nothing", Body: "" }));
    expect(await textOf("nothing")).to.equal("");
  });

  it("give ranges of their bytes", async () => {
    s3.put(Bucket, "digits", "0123456789");
    const read = async (Range: string) => {
      const { Body, ContentRange, ContentLength, $metadata } = await s3.client.send(
        new GetObjectCommand({ Bucket, Key: "digits", Range }),
      );
      return [
        await Body?.transformToString(),
        ContentRange,
        ContentLength,
        $metadata.httpStatusCode,
      ];
    };
    expect(await read("bytes=2-4")).to.deep.equal(["234", "bytes 2-4/10", 3, 206]);
    expect(await read("bytes=7-")).to.deep.equal(["789", "bytes 7-9/10", 3, 206]);
    expect(await read("bytes=-3")).to.deep.equal(["789", "bytes 7-9/10", 3, 206]);
    expect(await read("bytes=-100")).to.deep.equal(["0123456789", "bytes 0-9/10", 10, 206]);
    expect(await read("bytes=8-100")).to.deep.equal(["89", "bytes 8-9/10", 2, 206]);
    expect(await read("bytes=0-1,4-5")).to.deep.equal(["0123456789", undefined, 10, 200]);
    expect(await read("bytes=5-2")).to.deep.equal(["0123456789", undefined, 10, 200]);
    const failure = await failureOf(read("bytes=10-20"));
    expect(failure.name).to.equal("InvalidRange");
    const head = await s3.client.send(
      new HeadObjectCommand({ Bucket, Key: "digits", Range: "bytes=2-4" }),
    );
    expect(head.ContentLength).to.equal(3);
  });

  it("are read only when the conditions hold", async () => {
    const { ETag } = await s3.client.send(new PutObjectCommand({ Bucket, Key: "cat", Body: "x" }));
    expect(await textOf("cat", { IfMatch: ETag })).to.equal("x");
    expect((await failureOf(textOf("cat", { IfMatch: '"y"' }))).name).to.equal(
      "PreconditionFailed",
    );
    const unchanged = await s3.send({
      path: "/photos/cat",
      headers: { "if-none-match": ETag ?? "" },
    });
    expect([unchanged.status, unchanged.body, unchanged.headers.etag]).to.deep.equal([
      304,
      "",
      ETag,
    ]);
    const head = failureOf(
      s3.client.send(new HeadObjectCommand({ Bucket, Key: "cat", IfMatch: '"y"' })),
    );
    expect(await head).to.have.nested.property("$metadata.httpStatusCode", 412);
  });

  it("are written and deleted only when the conditions hold", async () => {
    const write = (more: object) =>
      s3.client.send(new PutObjectCommand({ Bucket, Key: "lock", Body: "x", ...more }));
    const { ETag } = await write({ IfNoneMatch: "*" });
    expect((await failureOf(write({ IfNoneMatch: "*" }))).name).to.equal("PreconditionFailed");
    expect((await failureOf(write({ IfMatch: '"other"' }))).name).to.equal("PreconditionFailed");
    await write({ IfMatch: ETag });
    const remove = (IfMatch: string | undefined) =>
      s3.client.send(new DeleteObjectCommand({ Bucket, Key: "lock", IfMatch }));
    expect((await failureOf(remove('"other"'))).name).to.equal("PreconditionFailed");
    await remove(ETag);
    expect((await failureOf(textOf("lock"))).name).to.equal("NoSuchKey");
  });

  it("take the reader's wishes for the headers of the reply", async () => {
    s3.put(Bucket, "cat", "meow", { headers: { "content-type": "text/plain" } });
    const read = await s3.client.send(
      new GetObjectCommand({
        Bucket,
        Key: "cat",
        ResponseContentType: "text/html",
        ResponseContentDisposition: "inline",
      }),
    );
    expect(read).to.deep.include({ ContentType: "text/html", ContentDisposition: "inline" });
  });

  for (const value of ["a\r\nx-b: c", "a\u0000", "\u20ac"]) {
    it(`refuse a wish that HTTP cannot carry: ${JSON.stringify(value)}`, async () => {
      s3.put(Bucket, "cat", "meow");
      const wish = { Bucket, Key: "cat", ResponseContentLanguage: value };
      expect(await failureOf(s3.client.send(new GetObjectCommand(wish)))).to.include({
        name: "InvalidArgument",
        message: "Header value cannot be represented using ISO-8859-1.",
      });
    });
  }

  it("are deleted many at once, each with its own outcome and event", async () => {
    for (const key of ["a&b", "c", "kept"]) s3.put(Bucket, key);
    s3.denyWhere(({ resource }) => (resource.endsWith("/kept") ? "not yours" : undefined));
    const { Deleted, Errors } = await s3.client.send(
      new DeleteObjectsCommand({
        Bucket,
        Delete: { Objects: [{ Key: "a&b" }, { Key: "kept" }, { Key: "ghost" }, { Key: "c" }] },
      }),
    );
    expect(Deleted).to.deep.equal([{ Key: "a&b" }, { Key: "ghost" }, { Key: "c" }]);
    expect(Errors).to.deep.equal([
      {
        Key: "kept",
        Code: "AccessDenied",
        Message:
          "User: arn:aws:iam::000000000000:root is not authorized to perform: s3:DeleteObject on resource: arn:aws:s3:::photos/kept. not yours",
      },
    ]);
    const removed = s3.trace
      .recent()
      .filter((hop) => hop.kind === "stored" && hop.eventName === "ObjectRemoved:Delete");
    expect(new Set(removed.map(({ event }) => event)).size).to.equal(3);
  });

  it("are deleted without a word of success when the caller is quiet", async () => {
    s3.put(Bucket, "a");
    const Delete = { Objects: [{ Key: "a" }], Quiet: true };
    const { Deleted } = await s3.client.send(new DeleteObjectsCommand({ Bucket, Delete }));
    expect(Deleted).to.equal(undefined);
    expect((await failureOf(textOf("a"))).name).to.equal("NoSuchKey");
  });

  it("have versions where the bucket keeps them", async () => {
    await s3.client.send(
      new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }),
    );
    const one = await s3.client.send(new PutObjectCommand({ Bucket, Key: "cat", Body: "one" }));
    await s3.client.send(new PutObjectCommand({ Bucket, Key: "cat", Body: "two" }));
    expect(await textOf("cat", { VersionId: one.VersionId })).to.equal("one");
    const marker = await s3.client.send(new DeleteObjectCommand({ Bucket, Key: "cat" }));
    expect(marker.DeleteMarker).to.equal(true);
    const missing = await s3.send({ path: "/photos/cat" });
    expect([missing.status, missing.headers["x-amz-delete-marker"]]).to.deep.equal([404, "true"]);
    const onMarker = await s3.send({ path: `/photos/cat?versionId=${marker.VersionId}` });
    expect([onMarker.status, onMarker.headers.allow]).to.deep.equal([405, "DELETE"]);
    await s3.client.send(
      new DeleteObjectCommand({ Bucket, Key: "cat", VersionId: marker.VersionId }),
    );
    expect(await textOf("cat")).to.equal("two");
  });

  it("tell their attributes, and that they have no tags", async () => {
    await s3.client.send(new PutObjectCommand({ Bucket, Key: "cat", Body: "meow" }));
    const attributes = await s3.client.send(
      new GetObjectAttributesCommand({
        Bucket,
        Key: "cat",
        ObjectAttributes: ["ETag", "Checksum", "ObjectSize", "StorageClass", "ObjectParts"],
      }),
    );
    expect(attributes).to.deep.include({
      ETag: "4a4be40c96ac6314e91d93f38043a634",
      Checksum: { ChecksumCRC32: "ihBq/g==", ChecksumType: "FULL_OBJECT" },
      ObjectSize: 4,
      StorageClass: "STANDARD",
    });
    const { TagSet } = await s3.client.send(new GetObjectTaggingCommand({ Bucket, Key: "cat" }));
    expect(TagSet).to.deep.equal([]);
  });

  it("are found under the bucket's own host name too", async () => {
    for (const host of ["photos.localhost:4566", "photos.s3.eu-west-1.localhost"]) {
      await s3.send({ method: "PUT", path: "/a%20b/c", headers: { host }, body: host });
      expect(s3.text(Bucket, "a b/c")).to.equal(host);
    }
    const root = await s3.send({ path: "/photos/a%20b/c", headers: { host: "s3.localhost" } });
    expect(root.body).to.equal("photos.s3.eu-west-1.localhost");
  });

  it("answer with the ids that their events carry", async () => {
    const reply = await s3.send({ method: "PUT", path: "/photos/cat", body: "meow" });
    expect(reply.headers["x-amz-request-id"]).to.match(/^[0-9A-Z]{16}$/);
    expect(s3.trace.recent().at(-1)?.event).to.equal(reply.headers["x-amz-request-id"]);
  });

  it("say in S3's form what is wrong", async () => {
    const reply = await s3.send({ path: "/photos/a%26b" });
    expect(reply.status).to.equal(404);
    expect(reply.headers["content-type"]).to.equal("application/xml");
    expect(reply.body).to.match(
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<Error><Code>NoSuchKey<\/Code><Message>The specified key does not exist.<\/Message><Key>a&amp;b<\/Key><RequestId>\w{16}<\/RequestId><HostId>.+<\/HostId><\/Error>$/,
    );
    const head = await s3.send({ method: "HEAD", path: "/photos/ghost" });
    expect([head.status, head.body]).to.deep.equal([404, ""]);
    const uri = await s3.send({ path: "/photos/%ZZ" });
    expect([uri.status, /<Code>(\w+)</.exec(uri.body)?.[1]]).to.deep.equal([400, "InvalidURI"]);
  });
});
