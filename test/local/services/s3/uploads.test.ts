import { createHash } from "node:crypto";
import { expect } from "chai";
import { type Checksum, checksumOf } from "../../../../local/services/s3/checksum.ts";
import type { RequestedPart } from "../../../../local/services/s3/completion.ts";
import type { UploadedPart } from "../../../../local/services/s3/uploadTable.ts";
import { thrownBy } from "../../../harness/assertions/failure.ts";
import { awsErrorOf } from "../../../harness/cloud/awsErrors.ts";
import { makeBuckets, requester } from "../../../harness/cloud/buckets.ts";

const fiveMebibytes = 5 * 1024 * 1024;
const first = Buffer.alloc(fiveMebibytes, "first ");
const second = Buffer.from("second");

describe("multipart uploads", () => {
  function makeUpload(checksum?: Pick<Checksum, "algorithm" | "type">) {
    const made = makeBuckets();
    made.buckets.create("photos");
    const upload = made.buckets.uploads.create({
      bucket: "photos",
      key: "big",
      headers: { "content-type": "video/mp4" },
      ...(checksum && { checksum }),
    });
    const putPart = (number: number, bytes: Buffer) =>
      made.buckets.uploads.putPart(
        upload,
        number,
        bytes,
        checksum && {
          algorithm: checksum.algorithm,
          type: "FULL_OBJECT",
          value: checksumOf(checksum.algorithm, [bytes]),
        },
      );
    const complete = (parts: readonly RequestedPart[], more: object = {}) =>
      made.buckets.uploads.complete({ upload, parts, ...more }, requester);
    return { ...made, upload, putPart, complete };
  }

  function requested({ number, etag }: UploadedPart, checksums = {}): RequestedPart {
    return { number, etag: `"${etag}"`, checksums };
  }

  function md5(bytes: Buffer): Buffer {
    return createHash("md5").update(bytes).digest();
  }

  it("become one object of the parts in their order, with S3's ETag of parts", () => {
    const { putPart, complete, buckets } = makeUpload();
    const parts = [putPart(7, second), putPart(2, first)];
    const object = complete(parts.reverse().map((part) => requested(part)));
    const etag = `${md5(Buffer.concat([md5(first), md5(second)])).toString("hex")}-2`;
    expect(object).to.deep.include({
      key: "big",
      size: first.length + second.length,
      etag,
      headers: { "content-type": "video/mp4" },
      parts: [
        { number: 2, size: first.length },
        { number: 7, size: second.length },
      ],
    });
    const read = buckets.objects.read(buckets.objects.get("photos", "big"));
    expect(read.equals(Buffer.concat([first, second]))).to.equal(true);
  });

  it("give any range of bytes, also across parts", () => {
    const { putPart, complete, buckets } = makeUpload();
    const object = complete([putPart(1, first), putPart(2, second)].map((part) => requested(part)));
    const whole = Buffer.concat([first, second]);
    for (const [start, end] of [
      [0, 3],
      [first.length - 2, first.length + 2],
      [first.length, first.length + 6],
      [first.length + 1, first.length + 100],
    ] as const) {
      const bytes = buckets.objects.read(object, start, end);
      expect(bytes.equals(whole.subarray(start, end)), `${start} to ${end}`).to.equal(true);
    }
  });

  it("are no objects before they are completed, and nothing after they are aborted", () => {
    const { putPart, upload, buckets, store } = makeUpload();
    putPart(1, second);
    expect(awsErrorOf(() => buckets.objects.get("photos", "big")).code).to.equal("NoSuchKey");
    buckets.uploads.abort(upload);
    expect(awsErrorOf(() => putPart(2, second)).code).to.equal("NoSuchUpload");
    expect(buckets.uploads.list("photos")).to.deep.equal([]);
    expect(store.prepare("SELECT * FROM bucket_contents").all()).to.deep.equal([]);
    expect(store.prepare("SELECT * FROM bucket_parts").all()).to.deep.equal([]);
  });

  it("keep the last bytes sent under a part's number, and forget parts that are left out", () => {
    const { putPart, complete, text, store } = makeUpload();
    putPart(1, Buffer.from("wrong"));
    const again = putPart(1, second);
    putPart(2, Buffer.from("left out"));
    complete([requested(again)]);
    expect(text("photos", "big")).to.equal("second");
    expect(store.prepare("SELECT * FROM bucket_contents").all()).to.have.length(1);
  });

  it("are refused when the parts are not those that were sent, and stay open", () => {
    const { putPart, complete, buckets } = makeUpload();
    const [one, two] = [putPart(1, first), putPart(2, second)];
    const codeOf = (parts: RequestedPart[]) => awsErrorOf(() => complete(parts)).code;
    expect(codeOf([{ ...requested(one), number: 3 }])).to.equal("InvalidPart");
    expect(codeOf([{ ...requested(one), etag: two.etag }])).to.equal("InvalidPart");
    const wrong = [one, two].map((part) => ({ ...requested(part), etag: "wrong" }));
    const refusal = thrownBy(() => complete(wrong));
    expect(refusal).to.have.deep.nested.property("details.PartNumber", "2");
    expect(codeOf([requested(two), requested(one)])).to.equal("InvalidPartOrder");
    expect(codeOf([requested(one), requested(one)])).to.equal("InvalidPartOrder");
    expect(buckets.uploads.list("photos")).to.have.length(1);
    expect(complete([requested(one), requested(two)]).parts).to.have.length(2);
  });

  it("need 5 MiB in every part but the last", () => {
    const { putPart, complete } = makeUpload();
    const parts = [putPart(1, first.subarray(1)), putPart(2, second)];
    const refusal = awsErrorOf(() => complete(parts.map((part) => requested(part))));
    expect(refusal.code).to.equal("EntityTooSmall");
  });

  it("number their parts from 1 to 10,000", () => {
    const { putPart } = makeUpload();
    for (const number of [0, 10_001, 1.5]) {
      expect(awsErrorOf(() => putPart(number, second))).to.deep.equal({
        code: "InvalidArgument",
        message: "Part number must be an integer between 1 and 10000, inclusive",
      });
    }
    putPart(10_000, second);
  });

  it("write only when their condition holds at the end", () => {
    const { putPart, complete, put } = makeUpload();
    const part = requested(putPart(1, second));
    put("photos", "big", "meanwhile");
    const conditions = { ifNoneMatch: "*" };
    expect(awsErrorOf(() => complete([part], { conditions })).code).to.equal("PreconditionFailed");
    expect(complete([part]).size).to.equal(6);
  });

  it("compare the size that the caller expects", () => {
    const { putPart, complete } = makeUpload();
    const part = requested(putPart(1, second));
    expect(awsErrorOf(() => complete([part], { size: 7 })).code).to.equal("InvalidRequest");
    expect(complete([part], { size: 6 }).size).to.equal(6);
  });

  it("have a checksum of the parts' checksums", () => {
    const { putPart, complete } = makeUpload({ algorithm: "CRC32", type: "COMPOSITE" });
    const parts = [putPart(1, first), putPart(2, second)];
    const digests = parts.map(({ checksum = "" }) => Buffer.from(checksum, "base64"));
    const value = `${checksumOf("CRC32", digests)}-2`;
    const { checksum } = complete(parts.map((part) => requested(part, { CRC32: part.checksum })));
    expect(checksum).to.deep.equal({ algorithm: "CRC32", type: "COMPOSITE", value });
  });

  it("must name each part's checksum if the object's is computed from them", () => {
    const { putPart, complete } = makeUpload({ algorithm: "SHA256", type: "COMPOSITE" });
    const part = putPart(1, second);
    expect(awsErrorOf(() => complete([requested(part)])).message).to.equal(
      "The upload was created using a sha256 checksum. The complete request must include the checksum for each part. It was missing for part 1 in the request.",
    );
    const wrong = requested(part, { SHA256: "AAAA" });
    expect(awsErrorOf(() => complete([wrong])).code).to.equal("InvalidPart");
  });

  it("have a checksum of all bytes where that is asked for, which the caller's must equal", () => {
    const { putPart, complete } = makeUpload({ algorithm: "CRC64NVME", type: "FULL_OBJECT" });
    const parts = [putPart(1, first), putPart(2, second)].map((part) => requested(part));
    const value = checksumOf("CRC64NVME", [first, second]);
    const whole: Checksum = { algorithm: "CRC64NVME", type: "FULL_OBJECT", value };
    const wrong = { ...whole, value: "AAAAAAAAAAA=" };
    expect(awsErrorOf(() => complete(parts, { checksum: wrong })).code).to.equal("BadDigest");
    expect(complete(parts, { checksum: whole }).checksum).to.deep.equal(whole);
  });

  it("take only parts with the checksum that they were begun with", () => {
    const { buckets, upload } = makeUpload({ algorithm: "CRC32", type: "COMPOSITE" });
    const refusal = awsErrorOf(() => buckets.uploads.putPart(upload, 1, second));
    expect(refusal).to.deep.equal({
      code: "InvalidRequest",
      message:
        "Checksum Type mismatch occurred, expected checksum Type: crc32, actual checksum Type: null",
    });
  });
});
