import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { ChecksumAlgorithm, GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { expect } from "chai";
import { failureOf } from "../../../../harness/assertions/failure.ts";
import { type S3Endpoint, serveS3 } from "../../../../harness/endpoints/s3Endpoint.ts";
import type { RawReply } from "../../../../harness/endpoints/signedRequests.ts";

const Bucket = "photos";

describe("the integrity of uploads", () => {
  let s3: S3Endpoint;

  beforeEach(async () => {
    s3 = await serveS3();
    s3.buckets.create(Bucket);
  });

  afterEach(() => s3.close());

  function put(headers: Record<string, string>, body: string | Buffer = "123456789") {
    return s3.send({ method: "PUT", path: "/photos/digits", headers, body });
  }

  function outcomeOf({ status, body }: RawReply): unknown[] {
    return [status, /<Code>(\w+)</.exec(body)?.[1], /<Message>([^<]*)</.exec(body)?.[1]];
  }

  const algorithms = [
    ["CRC32", "y/Q5Jg=="],
    ["CRC32C", "4waSgw=="],
    ["CRC64NVME", "rosUhgp5mIg="],
    ["SHA1", "98O8HYCOBHMq32eZZczDTKeuNEE="],
    ["SHA256", "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU="],
  ] as const;
  for (const [algorithm, value] of algorithms) {
    it(`is checked by ${algorithm}, which readers may have back`, async () => {
      const header = `x-amz-checksum-${algorithm.toLowerCase()}`;
      const accepted = await put({ [header]: value });
      expect([accepted.status, accepted.headers[header]]).to.deep.equal([200, value]);
      const read = await s3.send({
        path: "/photos/digits",
        headers: { "x-amz-checksum-mode": "ENABLED" },
      });
      expect([read.headers[header], read.headers["x-amz-checksum-type"]]).to.deep.equal([
        value,
        "FULL_OBJECT",
      ]);
      const refused = await put({ [header]: value }, "123456780");
      expect(outcomeOf(refused)).to.deep.equal([
        400,
        "BadDigest",
        `The ${algorithm} you specified did not match the calculated checksum.`,
      ]);
      expect(s3.text(Bucket, "digits")).to.equal("123456789");
    });
  }

  it("is checked by MD5", async () => {
    const right = createHash("md5").update("123456789").digest("base64");
    expect((await put({ "content-md5": right })).status).to.equal(200);
    expect(outcomeOf(await put({ "content-md5": right }, "other"))).to.deep.equal([
      400,
      "BadDigest",
      "The Content-MD5 you specified did not match what we received.",
    ]);
    expect(outcomeOf(await put({ "content-md5": "no md5" }))).to.deep.equal([
      400,
      "InvalidDigest",
      "The Content-MD5 you specified was invalid.",
    ]);
    expect(s3.text(Bucket, "digits")).to.equal("123456789");
  });

  it("allows one checksum, and misses one that was announced", async () => {
    const two = await put({
      "x-amz-checksum-crc32": "y/Q5Jg==",
      "x-amz-checksum-crc32c": "4waSgw==",
    });
    expect(outcomeOf(two).slice(0, 2)).to.deep.equal([400, "InvalidRequest"]);
    const missing = await put({ "x-amz-sdk-checksum-algorithm": "CRC32" });
    expect(outcomeOf(missing).slice(0, 2)).to.deep.equal([400, "InvalidRequest"]);
    const unknown = await put({ "x-amz-sdk-checksum-algorithm": "XXHASH3" });
    expect(outcomeOf(unknown)).to.deep.equal([
      501,
      "NotImplemented",
      "Fanout's local cloud does not support the checksum algorithm &quot;XXHASH3&quot;. It works on AWS only.",
    ]);
  });

  const chunked = {
    "content-encoding": "aws-chunked",
    "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
    "x-amz-decoded-content-length": "9",
    "x-amz-trailer": "x-amz-checksum-crc32",
  };

  it("holds for bodies in chunks, with the checksum behind them", async () => {
    const body = "4\r\n1234\r\n5\r\n56789\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n";
    expect((await put(chunked, body)).status).to.equal(200);
    expect(s3.text(Bucket, "digits")).to.equal("123456789");
    const { headers } = s3.buckets.objects.get(Bucket, "digits");
    expect(headers).to.deep.equal({ "content-type": "binary/octet-stream" });
    const wrong = await put(chunked, body.replace("56789", "56780"));
    expect(outcomeOf(wrong).slice(0, 2)).to.deep.equal([400, "BadDigest"]);
  });

  it("refuses chunks that end too early", async () => {
    const bodies = ["4\r\n1234\r\n", "9\r\n1234", "4\r\n1234\r\n0\r\n\r\n", "nonsense"];
    for (const body of bodies) {
      expect(outcomeOf(await put(chunked, body)).slice(0, 2), body).to.deep.equal([
        400,
        "IncompleteBody",
      ]);
    }
  });

  for (const algorithm of Object.values(ChecksumAlgorithm)) {
    if (!["CRC32", "CRC32C", "SHA1", "SHA256"].includes(algorithm)) continue;
    it(`is kept by the SDK with ${algorithm}, in one piece and as a stream`, async () => {
      const sent = { Bucket, Key: "digits", ChecksumAlgorithm: algorithm };
      await s3.client.send(new PutObjectCommand({ ...sent, Body: "123456789" }));
      const Body = Readable.from([Buffer.from("12345"), Buffer.from("6789")]);
      const streamed = new PutObjectCommand({ ...sent, Body, ContentLength: 9 });
      await s3.client.send(streamed);
      const read = await s3.client.send(
        new GetObjectCommand({ Bucket, Key: "digits", ChecksumMode: "ENABLED" }),
      );
      expect(await read.Body?.transformToString()).to.equal("123456789");
      expect(read.ChecksumType).to.equal("FULL_OBJECT");
    });
  }

  it("limits metadata to 2 KB", async () => {
    const tooMuch = put({ "x-amz-meta-note": "x".repeat(2045) });
    expect(outcomeOf(await tooMuch).slice(0, 2)).to.deep.equal([400, "MetadataTooLarge"]);
    expect((await put({ "x-amz-meta-note": "x".repeat(2044) })).status).to.equal(200);
  });

  it("fails the SDK's call when what arrives is not what was sent", async () => {
    const sent = { Bucket, Key: "digits", Body: "123456789" };
    const other = s3.client.send(new PutObjectCommand({ ...sent, ChecksumCRC32: "AAAAAA==" }));
    expect((await failureOf(other)).name).to.equal("BadDigest");
    const short = await failureOf(
      s3.client.send(new PutObjectCommand({ ...sent, ChecksumSHA256: "AAAA" })),
    );
    expect([short.name, short.message]).to.deep.equal([
      "InvalidRequest",
      "Value for x-amz-checksum-sha256 header is invalid.",
    ]);
  });
});
