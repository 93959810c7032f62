import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";
import { expect } from "chai";
import { byOwner } from "../../../../../local/services/s3/requester.ts";
import { failureOf } from "../../../../harness/assertions/failure.ts";
import { type S3Endpoint, serveS3 } from "../../../../harness/endpoints/s3Endpoint.ts";

const upload = { Bucket: "photos", Key: "a big+one" };
const first = Buffer.alloc(5 * 1024 * 1024, "first ");
const second = Buffer.from("second");

describe("S3 multipart uploads on the wire", () => {
  let s3: S3Endpoint;

  beforeEach(async () => {
    s3 = await serveS3();
    s3.buckets.create("photos");
  });

  afterEach(() => s3.close());

  async function begin(more: object = {}): Promise<string> {
    const { UploadId = "" } = await s3.client.send(
      new CreateMultipartUploadCommand({ ...upload, ...more }),
    );
    return UploadId;
  }

  async function putPart(UploadId: string, PartNumber: number, Body: Buffer) {
    const part = await s3.client.send(
      new UploadPartCommand({ ...upload, UploadId, PartNumber, Body }),
    );
    return { PartNumber, ETag: part.ETag, ChecksumCRC32: part.ChecksumCRC32 };
  }

  function complete(UploadId: string, Parts: object[]) {
    return s3.client.send(
      new CompleteMultipartUploadCommand({ ...upload, UploadId, MultipartUpload: { Parts } }),
    );
  }

  it("become an object, told of as such", async () => {
    const rule = {
      id: "all",
      topicArn: "arn:aws:sns:eu-west-1:000000000000:t",
      events: ["s3:ObjectCreated:*"],
    };
    s3.buckets.setNotification("photos", [rule]);
    const id = await begin({
      ChecksumAlgorithm: "CRC32",
      ContentType: "video/mp4",
      Metadata: { mood: "good" },
    });
    const parts = [await putPart(id, 1, first), await putPart(id, 2, second)];
    const done = await complete(id, parts);
    expect(done).to.deep.include({ Bucket: "photos", Key: "a big+one", ChecksumType: "COMPOSITE" });
    expect(done.ETag).to.match(/^"[0-9a-f]{32}-2"$/);
    expect(done.Location).to.equal(`${s3.url}/photos/a%20big%2Bone`);
    const read = await s3.client.send(new GetObjectCommand(upload));
    expect(read).to.deep.include({ ContentType: "video/mp4", Metadata: { mood: "good" } });
    const bytes = Buffer.from((await read.Body?.transformToByteArray()) ?? []);
    expect(bytes.equals(Buffer.concat([first, second]))).to.equal(true);
    const [record] = s3.records();
    expect(record.eventName).to.equal("ObjectCreated:CompleteMultipartUpload");
    expect(record.s3.object).to.deep.include({ key: "a+big%2Bone", size: first.length + 6 });
    expect(`"${record.s3.object.eTag}"`).to.equal(done.ETag);
  });

  it("are read part by part", async () => {
    const id = await begin();
    const third = await putPart(id, 3, first);
    const ninth = await putPart(id, 9, second);
    await complete(id, [
      { PartNumber: 3, ETag: third.ETag },
      { PartNumber: 9, ETag: ninth.ETag },
    ]);
    const part = await s3.client.send(new GetObjectCommand({ ...upload, PartNumber: 9 }));
    expect(await part.Body?.transformToString()).to.equal("second");
    expect(part).to.deep.include({ PartsCount: 2, ContentLength: 6 });
    expect(part.$metadata.httpStatusCode).to.equal(206);
    const missing = failureOf(s3.client.send(new GetObjectCommand({ ...upload, PartNumber: 4 })));
    expect((await missing).name).to.equal("InvalidPartNumber");
    const attributes = await s3.client.send(
      new GetObjectAttributesCommand({ ...upload, ObjectAttributes: ["ObjectParts"] }),
    );
    expect(attributes.ObjectParts).to.deep.equal({ TotalPartsCount: 2 });
  });

  it("list the parts of an object whose checksum is made of theirs", async () => {
    const id = await begin({ ChecksumAlgorithm: "CRC32" });
    await complete(id, [await putPart(id, 1, first), await putPart(id, 2, second)]);
    const { Checksum, ObjectParts } = await s3.client.send(
      new GetObjectAttributesCommand({ ...upload, ObjectAttributes: ["Checksum", "ObjectParts"] }),
    );
    expect(Checksum?.ChecksumType).to.equal("COMPOSITE");
    expect(Checksum?.ChecksumCRC32).to.match(/^[A-Za-z0-9+/]{6}==$/);
    expect(ObjectParts?.TotalPartsCount).to.equal(2);
    expect(ObjectParts?.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size])).to.deep.equal([
      [1, first.length],
      [2, 6],
    ]);
  });

  it("conflict with a write of the key since they began, if they are conditional", async () => {
    const id = await begin();
    const { ETag } = await putPart(id, 1, second);
    s3.put("photos", upload.Key, "meanwhile");
    const { etag } = s3.buckets.objects.get("photos", upload.Key);
    const call = s3.client.send(
      new CompleteMultipartUploadCommand({
        ...upload,
        UploadId: id,
        MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] },
        IfMatch: `"${etag}"`,
      }),
    );
    expect((await failureOf(call)).name).to.equal("ConditionalRequestConflict");
    expect(s3.text("photos", upload.Key)).to.equal("meanwhile");
  });

  it("conflict with a removal of the key since they began, if they want a new key", async () => {
    s3.put("photos", upload.Key, "before");
    const id = await begin();
    const { ETag } = await putPart(id, 1, second);
    const complete = (UploadId: string, tag: string | undefined) =>
      s3.client.send(
        new CompleteMultipartUploadCommand({
          ...upload,
          UploadId,
          MultipartUpload: { Parts: [{ PartNumber: 1, ETag: tag }] },
          IfNoneMatch: "*",
        }),
      );
    expect((await failureOf(complete(id, ETag))).name).to.equal("PreconditionFailed");
    s3.buckets.objects.delete({ bucket: "photos", key: upload.Key }, byOwner());
    expect((await failureOf(complete(id, ETag))).name).to.equal("ConditionalRequestConflict");
    const again = await begin();
    await complete(again, (await putPart(again, 1, second)).ETag);
    expect(s3.text("photos", upload.Key)).to.equal(second.toString());
  });

  it("are listed with their parts until they are completed or aborted", async () => {
    const id = await begin();
    const other = await begin({ Key: "other" });
    await putPart(id, 1, first);
    await putPart(id, 2, second);
    const { Uploads } = await s3.client.send(new ListMultipartUploadsCommand({ Bucket: "photos" }));
    expect(Uploads?.map(({ Key, UploadId }) => [Key, UploadId])).to.deep.equal([
      ["a big+one", id],
      ["other", other],
    ]);
    const page = await s3.client.send(
      new ListPartsCommand({ ...upload, UploadId: id, MaxParts: 1 }),
    );
    expect(page.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size])).to.deep.equal([
      [1, first.length],
    ]);
    expect([page.IsTruncated, page.NextPartNumberMarker]).to.deep.equal([true, "1"]);
    await s3.client.send(new AbortMultipartUploadCommand({ ...upload, UploadId: id }));
    const after = await s3.client.send(new ListMultipartUploadsCommand({ Bucket: "photos" }));
    expect(after.Uploads?.map(({ Key }) => Key)).to.deep.equal(["other"]);
    const again = failureOf(s3.client.send(new ListPartsCommand({ ...upload, UploadId: id })));
    expect((await again).name).to.equal("NoSuchUpload");
  });

  it("page through uploads by key and id", async () => {
    const ids = [await begin({ Key: "a" }), await begin({ Key: "a" }), await begin({ Key: "b" })];
    const list = (more: object) =>
      s3.client.send(new ListMultipartUploadsCommand({ Bucket: "photos", MaxUploads: 2, ...more }));
    const page = await list({});
    expect(page.Uploads?.map(({ UploadId }) => UploadId)).to.deep.equal(ids.slice(0, 2));
    const next = await list({
      KeyMarker: page.NextKeyMarker,
      UploadIdMarker: page.NextUploadIdMarker,
    });
    expect(next.Uploads?.map(({ UploadId }) => UploadId)).to.deep.equal(ids.slice(2));
    expect(next.IsTruncated).to.equal(false);
  });

  it("copy parts of other objects", async () => {
    s3.put("photos", "digits+more", "0123456789");
    const id = await begin();
    const { CopyPartResult } = await s3.client.send(
      new UploadPartCopyCommand({
        ...upload,
        UploadId: id,
        PartNumber: 1,
        CopySource: `photos/${encodeURIComponent("digits+more")}`,
        CopySourceRange: "bytes=2-4",
      }),
    );
    await complete(id, [{ PartNumber: 1, ...CopyPartResult }]);
    expect(s3.text("photos", "a big+one")).to.equal("234");
  });

  it("are listed by common prefixes", async () => {
    for (const Key of ["a/1", "a/2", "b"]) {
      await s3.client.send(new CreateMultipartUploadCommand({ Bucket: "photos", Key }));
    }
    const all = { Bucket: "photos", Delimiter: "/" };
    const page = await s3.client.send(new ListMultipartUploadsCommand({ ...all, MaxUploads: 1 }));
    expect(page.CommonPrefixes).to.deep.equal([{ Prefix: "a/" }]);
    expect([page.Uploads, page.IsTruncated, page.NextKeyMarker]).to.deep.equal([
      undefined,
      true,
      "",
    ]);
    const next = await s3.client.send(new ListMultipartUploadsCommand({ ...all, KeyMarker: "a/" }));
    expect([next.CommonPrefixes, next.Uploads?.map(({ Key }) => Key)]).to.deep.equal([
      undefined,
      ["b"],
    ]);
  });

  it("refuse what is not the document that S3 expects", async () => {
    const id = await begin();
    for (const body of ["<CompleteMultipartUpload/>", "{}", "<Wrong><Part/></Wrong>"]) {
      const path = `/photos/a%20big%2Bone?uploadId=${id}`;
      const reply = await s3.send({ method: "POST", path, body });
      expect([reply.status, /<Code>(\w+)</.exec(reply.body)?.[1]], body).to.deep.equal([
        400,
        "MalformedXML",
      ]);
    }
  });
});
