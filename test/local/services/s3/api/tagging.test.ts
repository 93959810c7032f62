import {
  CopyObjectCommand,
  DeleteObjectTaggingCommand,
  GetBucketTaggingCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutBucketTaggingCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
} from "@aws-sdk/client-s3";
import { expect } from "chai";
import { failureOf } from "../../../../harness/assertions/failure.ts";
import { type S3Endpoint, serveS3 } from "../../../../harness/endpoints/s3Endpoint.ts";

const Bucket = "photos";
const cat = { Bucket, Key: "cat" };

describe("tags in S3", () => {
  let s3: S3Endpoint;

  beforeEach(async () => {
    s3 = await serveS3();
    s3.buckets.create(Bucket);
  });

  afterEach(() => s3.close());

  const tagsOf = async (Key: string) =>
    (await s3.client.send(new GetObjectTaggingCommand({ Bucket, Key }))).TagSet;

  it("come with an object, are counted, and go with its tags", async () => {
    await s3.client.send(new PutObjectCommand({ ...cat, Body: "meow", Tagging: "b=2&a=1" }));
    expect(await tagsOf("cat")).to.deep.equal([
      { Key: "a", Value: "1" },
      { Key: "b", Value: "2" },
    ]);
    const head = await s3.client.send(new HeadObjectCommand(cat));
    expect(head.TagCount).to.equal(2);
    await s3.client.send(new DeleteObjectTaggingCommand(cat));
    expect(await tagsOf("cat")).to.deep.equal([]);
  });

  it("are replaced as a whole, by which the bytes and the ETag stay", async () => {
    await s3.client.send(new PutObjectCommand({ ...cat, Body: "meow", Tagging: "a=1" }));
    const before = s3.buckets.objects.get(Bucket, "cat");
    const TagSet = [{ Key: "c", Value: "" }];
    await s3.client.send(new PutObjectTaggingCommand({ ...cat, Tagging: { TagSet } }));
    expect(await tagsOf("cat")).to.deep.equal(TagSet);
    const { tags: _, ...after } = s3.buckets.objects.get(Bucket, "cat");
    const { tags: __, ...same } = before;
    expect(after).to.deep.equal(same);
  });

  it("are copied with an object, unless the copy has its own", async () => {
    await s3.client.send(new PutObjectCommand({ ...cat, Body: "meow", Tagging: "a=1" }));
    const CopySource = "photos/cat";
    await s3.client.send(new CopyObjectCommand({ Bucket, Key: "kept", CopySource }));
    await s3.client.send(
      new CopyObjectCommand({
        Bucket,
        Key: "own",
        CopySource,
        TaggingDirective: "REPLACE",
        Tagging: "b=2",
      }),
    );
    expect(await tagsOf("kept")).to.deep.equal([{ Key: "a", Value: "1" }]);
    expect(await tagsOf("own")).to.deep.equal([{ Key: "b", Value: "2" }]);
  });

  it("are refused with AWS's words", async () => {
    await s3.client.send(new PutObjectCommand({ ...cat, Body: "meow" }));
    const refusals = [
      [[{ Key: "aws:x", Value: "" }], "Your TagKey cannot be prefixed with aws:"],
      [[{ Key: "a,b", Value: "" }], "The TagKey you have provided is invalid"],
      [[{ Key: "a", Value: "1,2" }], "The TagValue you have provided is invalid"],
      [
        [1, 2].map(() => ({ Key: "a", Value: "1" })),
        "Cannot provide multiple Tags with the same key",
      ],
    ] as const;
    for (const [TagSet, message] of refusals) {
      const call = s3.client.send(
        new PutObjectTaggingCommand({ ...cat, Tagging: { TagSet: [...TagSet] } }),
      );
      const { name, message: given } = await failureOf(call);
      expect([name, given]).to.deep.equal(["InvalidTag", message]);
    }
    const twice = s3.client.send(
      new PutObjectCommand({ ...cat, Body: "woof", Tagging: "a=1&a=2" }),
    );
    expect((await failureOf(twice)).name).to.equal("InvalidArgument");
    expect(s3.text(Bucket, "cat")).to.equal("meow");
  });

  it("are notified with the ETag, when they are put and when they are deleted", async () => {
    const topicArn = "arn:aws:sns:eu-west-1:000000000000:t";
    s3.buckets.setNotification(Bucket, [{ id: "tags", topicArn, events: ["s3:ObjectTagging:*"] }]);
    await s3.client.send(new PutObjectCommand({ ...cat, Body: "meow" }));
    const TagSet = [{ Key: "a", Value: "1" }];
    await s3.client.send(new PutObjectTaggingCommand({ ...cat, Tagging: { TagSet } }));
    await s3.client.send(new DeleteObjectTaggingCommand(cat));
    const { etag } = s3.buckets.objects.get(Bucket, "cat");
    expect(
      s3
        .records()
        .map(({ eventName, eventVersion, s3: { object } }) => [eventName, eventVersion, object]),
    ).to.deep.equal([
      ["ObjectTagging:Put", "2.3", { key: "cat", eTag: etag }],
      ["ObjectTagging:Delete", "2.3", { key: "cat", eTag: etag }],
    ]);
  });

  it("belong to buckets too", async () => {
    const none = failureOf(s3.client.send(new GetBucketTaggingCommand({ Bucket })));
    expect((await none).name).to.equal("NoSuchTagSet");
    const TagSet = [{ Key: "team", Value: "pets" }];
    await s3.client.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
    const read = await s3.client.send(new GetBucketTaggingCommand({ Bucket }));
    expect(read.TagSet).to.deep.equal(TagSet);
  });
});
