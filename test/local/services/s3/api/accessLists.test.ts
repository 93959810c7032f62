import {
  CreateBucketCommand,
  GetBucketAclCommand,
  GetObjectAclCommand,
  PutBucketAclCommand,
  PutObjectAclCommand,
} from "@aws-sdk/client-s3";
import { expect } from "chai";
import { groups, ownerId } from "../../../../../local/services/s3/accessLists/accessList.ts";
import { failureOf } from "../../../../harness/assertions/failure.ts";
import { enableLists } from "../../../../harness/cloud/buckets.ts";
import { type S3Endpoint, serveS3 } from "../../../../harness/endpoints/s3Endpoint.ts";

const Bucket = "photos";
const ownersGrant = {
  Grantee: { ID: ownerId, Type: "CanonicalUser" },
  Permission: "FULL_CONTROL",
};
const everyoneReads = { Grantee: { Type: "Group", URI: groups.everyone }, Permission: "READ" };

function ofGrantee(Grantee: object) {
  return {
    AccessControlPolicy: { Owner: { ID: ownerId }, Grants: [{ Grantee, Permission: "READ" }] },
  };
}

describe("access control lists", () => {
  let s3: S3Endpoint;

  beforeEach(async () => {
    s3 = await serveS3();
    s3.buckets.create(Bucket);
    s3.put(Bucket, "cat", "meow");
  });

  afterEach(() => s3.close());

  const bucketList = async () => (await s3.client.send(new GetBucketAclCommand({ Bucket }))).Grants;
  const objectList = async () =>
    (await s3.client.send(new GetObjectAclCommand({ Bucket, Key: "cat" }))).Grants;
  const policy = () => s3.buckets.accessPolicy(`arn:aws:s3:::${Bucket}`);

  it("grant the owner everything, unless they say otherwise", async () => {
    expect(await bucketList()).to.deep.equal([ownersGrant]);
    expect(await objectList()).to.deep.equal([ownersGrant]);
    expect(policy()).to.equal(undefined);
  });

  it("are rejected by a bucket that owns its objects, and public ones where they are blocked", async () => {
    const put = () => s3.client.send(new PutBucketAclCommand({ Bucket, ACL: "public-read" }));
    expect((await failureOf(put())).name).to.equal("AccessControlListNotSupported");
    enableLists(s3.buckets, Bucket, { BlockPublicAcls: true });
    expect((await failureOf(put())).name).to.equal("AccessDenied");
  });

  it("let everyone in as they say: into a bucket, and to an object", async () => {
    enableLists(s3.buckets, Bucket);
    await s3.client.send(new PutBucketAclCommand({ Bucket, ACL: "public-read" }));
    expect(await bucketList()).to.deep.equal([ownersGrant, everyoneReads]);
    await s3.client.send(
      new PutObjectAclCommand({ Bucket, Key: "cat", GrantRead: `uri="${groups.everyone}"` }),
    );
    expect(await objectList()).to.deep.equal([everyoneReads]);
    const granted = (arn: string) =>
      JSON.parse(s3.buckets.accessPolicy(arn) ?? "").Statement.map(
        ({ Action, Resource }: Record<string, unknown>) => [Resource, Action],
      );
    const toBucket = [
      "arn:aws:s3:::photos",
      ["s3:ListBucket", "s3:ListBucketVersions", "s3:ListBucketMultipartUploads"],
    ];
    const toObject = ["arn:aws:s3:::photos/cat", ["s3:GetObject", "s3:GetObjectVersion"]];
    expect(granted("arn:aws:s3:::photos/cat")).to.deep.equal([toBucket, toObject]);
    expect(granted("arn:aws:s3:::photos")).to.deep.equal([toBucket]);
    expect(granted("arn:aws:s3:::photos/dog")).to.deep.equal([toBucket]);
  });

  it("of objects are notified when they change", async () => {
    enableLists(s3.buckets, Bucket);
    const topicArn = "arn:aws:sns:eu-west-1:000000000000:t";
    s3.buckets.setNotification(Bucket, [{ id: "all", topicArn, events: ["s3:ObjectAcl:Put"] }]);
    for (const ACL of ["private", "public-read", "public-read"] as const) {
      await s3.client.send(new PutObjectAclCommand({ Bucket, Key: "cat", ACL }));
    }
    const [record, ...more] = s3.records();
    expect(more).to.deep.equal([]);
    expect(record).to.include({ eventName: "ObjectAcl:Put", eventVersion: "2.3" });
    expect(record.s3.object).to.have.all.keys("key", "eTag");
  });

  const rejected = [
    [{ ACL: "public-read", GrantRead: `uri="${groups.everyone}"` }, "InvalidRequest"],
    [{ GrantRead: 'uri="http://example.com"' }, "InvalidArgument"],
    [{ GrantRead: 'id="12"' }, "InvalidArgument"],
    [{ GrantRead: "someone" }, "InvalidArgument"],
    [{ AccessControlPolicy: { Grants: [] } }, "MalformedACLError"],
    [ofGrantee({ Type: "Group", ID: ownerId }), "MalformedACLError"],
    [ofGrantee({ Type: "CanonicalUser", URI: groups.everyone }), "MalformedACLError"],
    [ofGrantee({ Type: "CanonicalUser", ID: ownerId, URI: groups.everyone }), "MalformedACLError"],
    [ofGrantee({ Type: "Everyone", URI: groups.everyone }), "MalformedACLError"],
    [ofGrantee({ Type: "CanonicalUser", ID: "12" }), "InvalidArgument"],
    [{}, "MissingSecurityHeader"],
  ] as const;
  for (const [input, code] of rejected) {
    it(`are rejected with ${code}: ${JSON.stringify(input)}`, async () => {
      const put = { Bucket, ...structuredClone(input) };
      const call = s3.client.send(new PutBucketAclCommand(put as { Bucket: string }));
      expect((await failureOf(call)).name).to.equal(code);
    });
  }

  it("come with a new bucket only where its owner may have them", async () => {
    const create = (ObjectOwnership?: "ObjectWriter") =>
      failureOf(
        s3.client.send(
          new CreateBucketCommand({ Bucket: "new", ACL: "public-read", ObjectOwnership }),
        ),
      );
    expect((await create()).name).to.equal("InvalidBucketAclWithObjectOwnership");
    const blocked = await create("ObjectWriter");
    expect(blocked.name).to.equal("InvalidBucketAclWithBlockPublicAccessError");
    expect(s3.buckets.find("new")).to.equal(undefined);
  });
});
