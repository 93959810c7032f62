import { createHmac } from "node:crypto";
import { expect } from "chai";
import { type S3Endpoint, serveS3 } from "../../../../harness/endpoints/s3Endpoint.ts";
import { presigned, signedChunks } from "../../../../harness/endpoints/signedRequests.ts";

const Bucket = "photos";

describe("signatures for S3", () => {
  let s3: S3Endpoint;

  beforeEach(async () => {
    s3 = await serveS3();
    s3.buckets.create(Bucket);
    s3.put(Bucket, "cat", "meow");
  });

  afterEach(() => s3.close());

  const port = () => Number(new URL(s3.url).port);
  const put = (path: string, body: string, headers: Record<string, string> = {}) =>
    s3.send({ method: "PUT", path, body, headers });
  const outcomeOf = ({ status, body }: { status: number; body: string }) =>
    status === 200 ? status : [status, /<Code>(\w+)</.exec(body)?.[1]];

  it("of a presigned URL hold for the headers in it", async () => {
    const path = presigned(
      port(),
      { method: "PUT", path: "/photos/cat?x-amz-meta-mood=good&x-id=PutObject" },
      { expires: 900 },
    );
    expect(outcomeOf(await put(path, "purr"))).to.equal(200);
    expect(s3.text(Bucket, "cat")).to.equal("purr");
    expect(s3.buckets.objects.get(Bucket, "cat").headers["x-amz-meta-mood"]).to.equal("good");
    expect(outcomeOf(await put(path.replace("mood=good", "mood=bad"), "hiss"))).to.deep.equal([
      403,
      "SignatureDoesNotMatch",
    ]);
    expect(s3.text(Bucket, "cat")).to.equal("purr");
  });

  it("of a presigned URL hold for a checksum in it, which the bytes need not have", async () => {
    const path = presigned(
      port(),
      // As the SDK for JavaScript signs it: of no bytes.
      {
        method: "PUT",
        path: "/photos/cat?x-amz-checksum-crc32=AAAAAA%3D%3D&x-amz-sdk-checksum-algorithm=CRC32",
      },
      { expires: 900 },
    );
    expect(outcomeOf(await put(path, "purr"))).to.equal(200);
    expect(s3.buckets.objects.get(Bucket, "cat").checksum?.algorithm).to.equal("CRC64NVME");
    expect(outcomeOf(await put(path.replace("AAAAAA", "BBBBBB"), "hiss"))).to.deep.equal([
      403,
      "SignatureDoesNotMatch",
    ]);
  });

  it("of a presigned URL hold under the bucket's own host name", async () => {
    const headers = { host: "photos.s3.eu-west-1.localhost" };
    const path = presigned(port(), { path: "/cat", headers }, { expires: 900 });
    expect((await s3.send({ path, headers })).body).to.equal("meow");
  });

  /** As boto3 presigns. */
  function version2(
    { method = "GET", resource = "/photos/cat", head = "\n", headers = "", expires = 0 },
    secret = "test",
  ): string {
    const text = `${method}\n${head}\n${expires}\n${headers}${resource}`;
    const signature = createHmac("sha1", secret).update(text).digest("base64");
    return `AWSAccessKeyId=test&Signature=${encodeURIComponent(signature)}&Expires=${expires}`;
  }
  const inAnHour = () => Math.floor(Date.now() / 1000) + 3600;

  it("of version 2 hold in presigned URLs", async () => {
    const expires = inAnHour();
    const read = `/photos/cat?${version2({ expires })}`;
    expect((await s3.send({ path: read })).body).to.equal("meow");
    const acted = version2({ expires, resource: "/photos/cat?versionId=null" });
    expect((await s3.send({ path: `/photos/cat?versionId=null&${acted}` })).body).to.equal("meow");
    const hosted = { host: "photos.localhost:4566" };
    expect(
      (await s3.send({ path: `/cat?${version2({ expires })}`, headers: hosted })).body,
    ).to.equal("meow");
    const write = version2({
      method: "PUT",
      head: "\ntext/plain",
      headers: "x-amz-meta-mood:good\n",
      expires,
    });
    const target = `/photos/cat?x-amz-meta-mood=good&content-type=text%2Fplain&${write}`;
    expect(outcomeOf(await put(target, "purr"))).to.equal(200);
    expect(s3.buckets.objects.get(Bucket, "cat").headers["x-amz-meta-mood"]).to.equal("good");
  });

  it("of version 2 are refused when they are expired, incomplete, or of something else", async () => {
    const refused: readonly [string, string, string][] = [
      ["/photos/dog", version2({ expires: inAnHour() }), "SignatureDoesNotMatch"],
      ["/photos/cat", version2({ expires: inAnHour() }, "guessed"), "SignatureDoesNotMatch"],
      ["/photos/cat", version2({ method: "PUT", expires: inAnHour() }), "SignatureDoesNotMatch"],
      ["/photos/cat", version2({ expires: inAnHour() - 7200 }), "AccessDenied"],
      ["/photos/cat", "AWSAccessKeyId=test&Signature=x", "AccessDenied"],
      ["/photos/cat", "AWSAccessKeyId=test&Signature=x&Expires=-1e20", "AccessDenied"],
      ["/photos/cat", "AWSAccessKeyId=AKIANONE&Signature=x&Expires=1", "InvalidAccessKeyId"],
    ];
    for (const [path, query, code] of refused) {
      const reply = await s3.send({ path: `${path}?${query}` });
      expect(outcomeOf(reply), query).to.deep.equal([403, code]);
    }
    const expired = version2({ expires: inAnHour() - 7200 });
    expect((await s3.send({ path: `/photos/cat?${expired}` })).body).to.contain(
      "<Message>Request has expired</Message>",
    );
  });

  it("hold for each chunk of a body, and the object keeps its own encoding", async () => {
    const chunked = signedChunks(
      port(),
      {
        method: "PUT",
        path: "/photos/digits",
        headers: { "content-encoding": "aws-chunked,gzip" },
      },
      ["123456", "789"],
    );
    expect(outcomeOf(await put("/photos/digits", chunked.body, chunked.headers))).to.equal(200);
    expect(s3.text(Bucket, "digits")).to.equal("123456789");
    const stored = s3.buckets.objects.get(Bucket, "digits");
    expect(stored.headers["content-encoding"]).to.equal("gzip");
    const changes = [
      chunked.body.replace("789", "780"),
      chunked.body.replace(/(0;chunk-signature=)\w{4}/, "$1beef"),
      chunked.body.replace(/6;chunk-signature=\w+\r\n123456\r\n/, ""),
      `${chunked.body.slice(0, -2)}x-amz-meta-mood:bad\r\n\r\n`,
    ];
    for (const body of changes) {
      expect(outcomeOf(await put("/photos/digits", body, chunked.headers)), body).to.deep.equal([
        403,
        "SignatureDoesNotMatch",
      ]);
    }
  });

  it("are not needed where the bucket's policy admits anyone", async () => {
    s3.denyWhere(({ principal, action }) =>
      principal.kind === "anonymous" && action !== "s3:GetObject" ? "not public" : undefined,
    );
    const anonymous = { anonymous: true };
    expect((await s3.send({ path: "/photos/cat", ...anonymous })).body).to.equal("meow");
    const refused = await s3.send({ method: "PUT", path: "/photos/cat", body: "x", ...anonymous });
    expect(outcomeOf(refused)).to.deep.equal([403, "AccessDenied"]);
    expect(s3.text(Bucket, "cat")).to.equal("meow");
  });
});
