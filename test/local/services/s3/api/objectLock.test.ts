import {
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectLegalHoldCommand,
  GetObjectRetentionCommand,
  HeadObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectLockConfigurationCommand,
  PutObjectRetentionCommand,
} from "@aws-sdk/client-s3";
import { expect } from "chai";
import { failureOf } from "../../../../harness/assertions/failure.ts";
import { type S3Endpoint, serveS3 } from "../../../../harness/endpoints/s3Endpoint.ts";

const Bucket = "ledger";
const Key = "entry";
const hour = 3_600_000;

describe("versions that are locked", () => {
  let s3: S3Endpoint;

  beforeEach(async () => {
    s3 = await serveS3();
    await s3.client.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true }));
  });

  afterEach(() => s3.close());

  const later = (hours: number) => new Date(s3.clock.now() + hours * hour);

  async function put(lock: Partial<ConstructorParameters<typeof PutObjectCommand>[0]> = {}) {
    const input = { Bucket, Key, Body: "1", ...lock };
    return (await s3.client.send(new PutObjectCommand(input))).VersionId ?? "";
  }

  const remove = (VersionId: string, BypassGovernanceRetention?: boolean) =>
    s3.client.send(new DeleteObjectCommand({ Bucket, Key, VersionId, BypassGovernanceRetention }));

  const retain = (Mode: "GOVERNANCE" | "COMPLIANCE", hours: number) => {
    const Retention = { Mode, RetainUntilDate: later(hours) };
    return s3.client.send(new PutObjectRetentionCommand({ Bucket, Key, Retention }));
  };

  const protectedByLock = "Access Denied because object protected by object lock.";

  it("stay until their retention ends, and are only covered by a delete marker", async () => {
    const VersionId = await put({
      ObjectLockMode: "COMPLIANCE",
      ObjectLockRetainUntilDate: later(1),
    });
    const head = await s3.client.send(new HeadObjectCommand({ Bucket, Key }));
    expect(head).to.deep.include({
      ObjectLockMode: "COMPLIANCE",
      ObjectLockRetainUntilDate: later(1),
    });
    expect((await failureOf(remove(VersionId))).message).to.equal(protectedByLock);
    expect((await failureOf(remove(VersionId, true))).message).to.equal(protectedByLock);
    await s3.client.send(new DeleteObjectCommand({ Bucket, Key }));
    s3.clock.advance(hour);
    await remove(VersionId);
    expect(s3.buckets.objects.findVersion(Bucket, Key, VersionId)).to.equal(undefined);
  });

  it("give way to a bypass in the mode GOVERNANCE, for which the caller needs a permission", async () => {
    const VersionId = await put({
      ObjectLockMode: "GOVERNANCE",
      ObjectLockRetainUntilDate: later(1),
    });
    const Delete = { Objects: [{ Key, VersionId }] };
    const refused = await s3.client.send(new DeleteObjectsCommand({ Bucket, Delete }));
    expect(refused.Errors?.[0]).to.include({ Code: "AccessDenied", Message: protectedByLock });
    await remove(VersionId, true);
    expect(s3.asked.map(({ action }) => action)).to.include("s3:BypassGovernanceRetention");
  });

  it("may be retained longer, and shorter only with a bypass", async () => {
    await put();
    await retain("GOVERNANCE", 1);
    await retain("GOVERNANCE", 3);
    expect((await failureOf(retain("GOVERNANCE", 2))).message).to.equal(protectedByLock);
    await retain("COMPLIANCE", 3);
    expect((await failureOf(retain("GOVERNANCE", 4))).message).to.equal(protectedByLock);
    const got = await s3.client.send(new GetObjectRetentionCommand({ Bucket, Key }));
    expect(got.Retention).to.deep.equal({ Mode: "COMPLIANCE", RetainUntilDate: later(3) });
  });

  it("stay while they are held", async () => {
    const VersionId = await put();
    const hold = (Status: "ON" | "OFF") =>
      s3.client.send(new PutObjectLegalHoldCommand({ Bucket, Key, LegalHold: { Status } }));
    await hold("ON");
    expect((await failureOf(remove(VersionId, true))).message).to.equal(protectedByLock);
    await hold("OFF");
    const got = await s3.client.send(new GetObjectLegalHoldCommand({ Bucket, Key }));
    expect(got.LegalHold).to.deep.equal({ Status: "OFF" });
    await remove(VersionId);
  });

  it("are retained as their bucket says", async () => {
    const Rule = { DefaultRetention: { Mode: "GOVERNANCE", Days: 1 } } as const;
    const ObjectLockConfiguration = { ObjectLockEnabled: "Enabled", Rule } as const;
    await s3.client.send(
      new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration }),
    );
    await put();
    const head = await s3.client.send(new HeadObjectCommand({ Bucket, Key }));
    expect(head.ObjectLockRetainUntilDate).to.deep.equal(later(24));
  });

  it("are in a bucket that keeps its versions", async () => {
    const VersioningConfiguration = { Status: "Suspended" } as const;
    const suspend = new PutBucketVersioningCommand({ Bucket, VersioningConfiguration });
    expect((await failureOf(s3.client.send(suspend))).name).to.equal("InvalidBucketState");
  });

  it("are not in a bucket without Object Lock", async () => {
    s3.buckets.create("plain");
    s3.put("plain", Key);
    const get = new GetObjectRetentionCommand({ Bucket: "plain", Key });
    expect((await failureOf(s3.client.send(get))).name).to.equal("InvalidRequest");
    const bypass = { Bucket: "plain", Key, BypassGovernanceRetention: true };
    const call = s3.client.send(new DeleteObjectCommand(bypass));
    expect((await failureOf(call)).name).to.equal("InvalidArgument");
  });

  it("have a mode together with a date in the future", async () => {
    const alone = failureOf(put({ ObjectLockMode: "GOVERNANCE" }));
    expect((await alone).message).to.contain("must both be supplied");
    const past = failureOf(
      put({ ObjectLockMode: "GOVERNANCE", ObjectLockRetainUntilDate: later(-1) }),
    );
    expect((await past).message).to.equal("The retain until date must be in the future!");
  });
});
