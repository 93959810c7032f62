import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  GetBucketRequestPaymentCommand,
  HeadObjectCommand,
  ListObjectsCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { expect } from "chai";
import { failureOf } from "../../../../harness/assertions/failure.ts";
import { type S3Endpoint, serveS3 } from "../../../../harness/endpoints/s3Endpoint.ts";

const Bucket = "photos";

describe("what S3 does unless told otherwise", () => {
  let s3: S3Endpoint;

  beforeEach(async () => {
    s3 = await serveS3();
    s3.buckets.create(Bucket);
  });

  afterEach(() => s3.close());

  it("encrypts objects, and checks their bytes by CRC-64", async () => {
    const put = { method: "PUT", path: "/photos/digits", body: "123456789" };
    const { headers } = await s3.send(put);
    expect(headers["x-amz-server-side-encryption"]).to.equal("AES256");
    expect(headers["x-amz-checksum-crc64nvme"]).to.equal("rosUhgp5mIg=");
    const head = await s3.client.send(
      new HeadObjectCommand({ Bucket, Key: "digits", ChecksumMode: "ENABLED" }),
    );
    expect(head).to.deep.include({
      ServerSideEncryption: "AES256",
      ChecksumCRC64NVME: "rosUhgp5mIg=",
      ChecksumType: "FULL_OBJECT",
    });
  });

  it("answers for settings that a new bucket has, or has not", async () => {
    const { ServerSideEncryptionConfiguration } = await s3.client.send(
      new GetBucketEncryptionCommand({ Bucket }),
    );
    expect(ServerSideEncryptionConfiguration?.Rules).to.deep.equal([
      { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" }, BucketKeyEnabled: false },
    ]);
    const { Payer } = await s3.client.send(new GetBucketRequestPaymentCommand({ Bucket }));
    expect(Payer).to.equal("BucketOwner");
    const cors = failureOf(s3.client.send(new GetBucketCorsCommand({ Bucket })));
    expect((await cors).name).to.equal("NoSuchCORSConfiguration");
    const missing = failureOf(s3.client.send(new GetBucketCorsCommand({ Bucket: "none" })));
    expect((await missing).name).to.equal("NoSuchBucket");
  });

  it("notifies of missing keys that are deleted together, and not of one alone", async () => {
    const topicArn = "arn:aws:sns:eu-west-1:000000000000:t";
    s3.buckets.setNotification(Bucket, [{ id: "all", topicArn, events: ["s3:ObjectRemoved:*"] }]);
    await s3.client.send(new DeleteObjectCommand({ Bucket, Key: "ghost" }));
    expect(s3.records()).to.deep.equal([]);
    const Objects = [{ Key: "ghost" }, { Key: "spirit" }];
    await s3.client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect(s3.records().map(({ s3: { object } }) => object.key)).to.deep.equal(["ghost", "spirit"]);
  });

  it("refuses an expected owner that is no account", async () => {
    const call = s3.client.send(
      new PutObjectCommand({ Bucket, Key: "cat", Body: "", ExpectedBucketOwner: "12" }),
    );
    expect((await failureOf(call)).name).to.equal("InvalidBucketOwnerAWSAccountID");
  });

  it("goes on after the common prefix that a marker lies in", async () => {
    for (const key of ["a/1", "a/2", "b"]) s3.put(Bucket, key, key);
    const after = { Bucket, Delimiter: "/" };
    const objects = await s3.client.send(new ListObjectsCommand({ ...after, Marker: "a/1" }));
    expect([objects.CommonPrefixes, objects.Contents?.map(({ Key }) => Key)]).to.deep.equal([
      undefined,
      ["b"],
    ]);
    const versions = await s3.client.send(
      new ListObjectVersionsCommand({ ...after, KeyMarker: "a/1" }),
    );
    expect(versions.Versions?.map(({ Key }) => Key)).to.deep.equal(["b"]);
  });

  it("forgets the encoding of a request, and keeps the object's", async () => {
    const body = "4\r\nmeow\r\n0\r\n\r\n";
    for (const encoding of ["aws-chunked,gzip", "gzip, aws-chunked"]) {
      const headers = { "content-encoding": encoding };
      await s3.send({ method: "PUT", path: "/photos/cat", body, headers });
      const read = await s3.send({ path: "/photos/cat" });
      expect([read.headers["content-encoding"], read.body]).to.deep.equal(["gzip", "meow"]);
    }
  });

  it("keeps metadata beyond ASCII, and sends it as encoded words", async () => {
    const put = { method: "PUT", path: "/photos/cat", body: "meow" };
    const value = "=?UTF-8?B?w4RNw4Ra?=";
    await s3.send({ ...put, headers: { "x-amz-meta-a": value, "x-amz-meta-b": "=?UTF-8?Q?b?=" } });
    const { headers } = await s3.send({ method: "HEAD", path: "/photos/cat" });
    expect(headers["x-amz-meta-a"]).to.equal("=?UTF-8?B?w4RNw4Ra?=");
    expect(headers["x-amz-meta-b"]).to.equal("b");
    await s3.send({ ...put, path: "/photos/cat?x-amz-meta-a=%E2%80%94" });
    const unicode = await s3.send({ method: "HEAD", path: "/photos/cat" });
    expect(unicode.headers["x-amz-meta-a"]).to.equal("=?UTF-8?B?4oCU?=");
  });
});
