import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketPolicyCommand,
  GetBucketLocationCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  ListObjectVersionsCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  paginateListObjectsV2,
} from "@aws-sdk/client-s3";
import { expect } from "chai";
import { failureOf } from "../../../../harness/assertions/failure.ts";
import { topicArn } from "../../../../harness/cloud/buckets.ts";
import { type S3Endpoint, serveS3 } from "../../../../harness/endpoints/s3Endpoint.ts";

const Bucket = "photos";

describe("S3 buckets on the wire", () => {
  let s3: S3Endpoint;

  beforeEach(async () => {
    s3 = await serveS3();
  });

  afterEach(() => s3.close());

  it("are made, described, listed and deleted", async () => {
    const made = await s3.client.send(
      new CreateBucketCommand({
        Bucket,
        CreateBucketConfiguration: { LocationConstraint: "eu-west-1" },
      }),
    );
    expect(made.Location).to.equal("/photos");
    const head = await s3.client.send(new HeadBucketCommand({ Bucket }));
    expect(head.BucketRegion).to.equal("eu-west-1");
    const { LocationConstraint } = await s3.client.send(new GetBucketLocationCommand({ Bucket }));
    expect(LocationConstraint).to.equal("eu-west-1");
    const { Buckets } = await s3.client.send(new ListBucketsCommand({}));
    expect(Buckets).to.deep.equal([
      {
        Name: "photos",
        CreationDate: new Date(Date.UTC(2026, 0, 1)),
        BucketArn: "arn:aws:s3:::photos",
      },
    ]);
    await s3.client.send(new DeleteBucketCommand({ Bucket }));
    expect((await failureOf(s3.client.send(new HeadBucketCommand({ Bucket })))).name).to.equal(
      "NotFound",
    );
  });

  it("are made once, and only in the cloud's region", async () => {
    await s3.client.send(new CreateBucketCommand({ Bucket }));
    const again = failureOf(s3.client.send(new CreateBucketCommand({ Bucket })));
    expect((await again).name).to.equal("BucketAlreadyOwnedByYou");
    const elsewhere = new CreateBucketCommand({
      Bucket: "other",
      CreateBucketConfiguration: { LocationConstraint: "eu-central-1" },
    });
    expect((await failureOf(s3.client.send(elsewhere))).name).to.equal(
      "IllegalLocationConstraintException",
    );
    expect(s3.buckets.find("other")).to.equal(undefined);
  });

  it("list their objects to callers without a signature, who are not told the owner", async () => {
    s3.buckets.create(Bucket);
    s3.put(Bucket, "cat");
    const signed = await s3.send({ path: `/${Bucket}` });
    expect(signed.body).to.contain("<Owner>");
    const anonymous = await s3.send({ path: `/${Bucket}`, anonymous: true });
    expect(anonymous.body).to.contain("<Key>cat</Key>").and.not.to.contain("<Owner>");
  });

  it("list their objects page by page, in any letters", async () => {
    s3.buckets.create(Bucket);
    const keys = ["B", "a&b", "c d", "é", "ü/1", "ü/2", "z+%"];
    for (const key of keys) s3.put(Bucket, key);
    const found: (string | undefined)[] = [];
    const request = { Bucket, Delimiter: "/", MaxKeys: 2, EncodingType: "url" } as const;
    for await (const page of paginateListObjectsV2({ client: s3.client }, request)) {
      found.push(...(page.Contents ?? []).map(({ Key }) => Key));
      found.push(...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix));
    }
    expect(found.map((key) => decodeURIComponent(key ?? ""))).to.deep.equal([
      "B",
      "a&b",
      "c d",
      "z+%",
      "é",
      "ü/",
    ]);
  });

  it("list by the first version of the call, with markers", async () => {
    s3.buckets.create(Bucket);
    for (const key of ["a", "b/1", "b/2", "c"]) s3.put(Bucket, key);
    const list = (more: object) =>
      s3.client.send(new ListObjectsCommand({ Bucket, Delimiter: "/", MaxKeys: 2, ...more }));
    const page = await list({});
    expect(page.Contents?.map(({ Key }) => Key)).to.deep.equal(["a"]);
    expect(page.CommonPrefixes).to.deep.equal([{ Prefix: "b/" }]);
    expect([page.IsTruncated, page.NextMarker]).to.deep.equal([true, "b/"]);
    const next = await list({ Marker: page.NextMarker });
    expect(next.Contents?.map(({ Key, Size, ETag }) => [Key, Size, ETag])).to.deep.equal([
      ["c", 4, '"1cb251ec0d568de6a929b520c4aed8d1"'],
    ]);
    expect([next.IsTruncated, next.CommonPrefixes]).to.deep.equal([false, undefined]);
  });

  it("list their versions page by page", async () => {
    s3.buckets.create(Bucket);
    await s3.client.send(
      new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }),
    );
    const ids = ["1", "2", "3"].map((text) => s3.put(Bucket, "cat", text).versionId);
    const { versionId } = s3.remove(Bucket, "cat");
    const list = (more: object) =>
      s3.client.send(new ListObjectVersionsCommand({ Bucket, MaxKeys: 2, ...more }));
    const page = await list({});
    expect(page.DeleteMarkers?.map((marker) => [marker.VersionId, marker.IsLatest])).to.deep.equal([
      [versionId, true],
    ]);
    expect(page.Versions?.map((version) => [version.VersionId, version.IsLatest])).to.deep.equal([
      [ids[2], false],
    ]);
    const next = await list({
      KeyMarker: page.NextKeyMarker,
      VersionIdMarker: page.NextVersionIdMarker,
    });
    expect(next.Versions?.map(({ VersionId }) => VersionId)).to.deep.equal([ids[1], ids[0]]);
    expect(next.IsTruncated).to.equal(false);
  });

  it("refuse a page size and a token that are none", async () => {
    s3.buckets.create(Bucket);
    const codeOf = async (path: string) =>
      /<Code>(\w+)</.exec((await s3.send({ path: `/photos?list-type=2&${path}` })).body)?.[1];
    expect(await codeOf("max-keys=-1")).to.equal("InvalidArgument");
    expect(await codeOf("max-keys=many")).to.equal("InvalidArgument");
    expect(await codeOf("continuation-token=bogus")).to.equal("InvalidArgument");
    expect(await codeOf("encoding-type=rot13")).to.equal("InvalidArgument");
    expect(await codeOf("max-keys=0")).to.equal(undefined);
  });

  it("keep a policy", async () => {
    s3.buckets.create(Bucket);
    const Policy = '{"Version":"2012-10-17","Statement":[]}';
    const read = () => s3.client.send(new GetBucketPolicyCommand({ Bucket }));
    expect((await failureOf(read())).name).to.equal("NoSuchBucketPolicy");
    await s3.client.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    expect((await read()).Policy).to.equal(Policy);
    const malformed = s3.client.send(new PutBucketPolicyCommand({ Bucket, Policy: "allow all" }));
    expect((await failureOf(malformed)).name).to.equal("MalformedPolicy");
    await s3.client.send(new DeleteBucketPolicyCommand({ Bucket }));
    expect((await failureOf(read())).name).to.equal("NoSuchBucketPolicy");
  });

  it("keep versions when told to", async () => {
    s3.buckets.create(Bucket);
    const read = async () =>
      (await s3.client.send(new GetBucketVersioningCommand({ Bucket }))).Status;
    expect(await read()).to.equal(undefined);
    for (const Status of ["Enabled", "Suspended"] as const) {
      const VersioningConfiguration = { Status };
      await s3.client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
      expect(await read()).to.equal(Status);
    }
  });

  it("keep rules of notifications, with S3's spelling of filters and an id of its own", async () => {
    s3.buckets.create(Bucket);
    const rule = {
      TopicArn: topicArn,
      Events: ["s3:ObjectCreated:*" as const],
      Filter: { Key: { FilterRules: [{ Name: "suffix" as const, Value: ".png" }] } },
    };
    await s3.client.send(
      new PutBucketNotificationConfigurationCommand({
        Bucket,
        NotificationConfiguration: { TopicConfigurations: [rule] },
      }),
    );
    const { TopicConfigurations: [kept] = [] } = await s3.client.send(
      new GetBucketNotificationConfigurationCommand({ Bucket }),
    );
    expect(kept).to.deep.include({
      TopicArn: topicArn,
      Events: ["s3:ObjectCreated:*"],
      Filter: { Key: { FilterRules: [{ Name: "Suffix", Value: ".png" }] } },
    });
    expect(kept?.Id).to.match(/^[0-9a-f-]{36}$/);
    expect(JSON.parse(s3.published[0]?.publication.message ?? "").Event).to.equal("s3:TestEvent");
  });

  it("forget their notifications when given none", async () => {
    s3.buckets.create(Bucket);
    s3.buckets.setNotification(Bucket, [{ id: "a", topicArn, events: ["s3:ObjectCreated:*"] }]);
    await s3.client.send(
      new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration: {} }),
    );
    expect(s3.buckets.get(Bucket).notification).to.deep.equal([]);
  });

  it("tell that they notify EventBridge", async () => {
    s3.buckets.create(Bucket);
    const NotificationConfiguration = { EventBridgeConfiguration: {} };
    await s3.client.send(
      new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }),
    );
    const { $metadata: _, ...configuration } = await s3.client.send(
      new GetBucketNotificationConfigurationCommand({ Bucket }),
    );
    expect(configuration).to.deep.equal(NotificationConfiguration);
  });

  it("filter by prefix and suffix only", async () => {
    s3.buckets.create(Bucket);
    const put = async (NotificationConfiguration: object) =>
      (
        await failureOf(
          s3.client.send(
            new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }),
          ),
        )
      ).name;
    const Filter = { Key: { FilterRules: [{ Name: "infix", Value: "x" }] } };
    const rule = { TopicArn: topicArn, Events: ["s3:ObjectCreated:*"], Filter };
    expect(await put({ TopicConfigurations: [rule] })).to.equal("InvalidArgument");
  });
});

describe("S3 buckets of the oldest region", () => {
  it("are not made by naming it, or a region that is none", async () => {
    const s3 = await serveS3("us-east-1");
    for (const location of ["us-east-1", "nowhere"]) {
      const reply = await s3.send({
        method: "PUT",
        path: "/other",
        body: `<CreateBucketConfiguration><LocationConstraint>${location}</LocationConstraint></CreateBucketConfiguration>`,
      });
      expect(reply.body, location).to.contain("<Code>InvalidLocationConstraint</Code>");
    }
    expect(s3.buckets.find("other")).to.equal(undefined);
    await s3.close();
  });
});
