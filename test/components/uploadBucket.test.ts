import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { FanoutTopic, UploadBucket, type UploadBucketArgs } from "../../components/index.ts";
import { failureOf, thrownBy } from "../harness/assertions/failure.ts";
import { counts, json, namesOf, resource } from "../harness/programs/graph.ts";
import { runProgram } from "../harness/programs/program.ts";

function uploads(args?: UploadBucketArgs) {
  return runProgram(() => new UploadBucket("uploads", args));
}

describe("an upload bucket", () => {
  it("is private, encrypted and owned by policies, with nothing kept that was not asked for", async () => {
    const run = await uploads();
    expect(counts(run)).to.deep.equal({
      "pulumi:pulumi:Stack": 1,
      "fanout:index:UploadBucket": 1,
      "fanout:index:PrivateBucket": 1,
      "aws:s3/bucket:Bucket": 1,
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": 1,
      "aws:s3/bucketOwnershipControls:BucketOwnershipControls": 1,
      "aws:s3/bucketPolicy:BucketPolicy": 1,
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": 1,
    });
    expect(resource(run, "aws:s3/bucket:Bucket", "uploads").inputs).to.deep.equal({
      forceDestroy: false,
    });
    expect(
      resource(run, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "uploads").inputs,
    ).to.deep.equal({
      bucket: "uploads-1a2b3c4",
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
  });

  it("refuses what does not come over TLS", async () => {
    const policy = resource(await uploads(), "aws:s3/bucketPolicy:BucketPolicy", "uploads");
    expect(json(policy, "policy")).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "DenyInsecureTransport",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: ["arn:aws:s3:::uploads-1a2b3c4", "arn:aws:s3:::uploads-1a2b3c4/*"],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    });
  });

  it("keeps versions, expires objects and lets browsers in when asked", async () => {
    const cors = [{ allowedMethods: ["PUT"], allowedOrigins: ["https://example.com"] }];
    const run = await uploads({ versioned: true, forceDestroy: true, expireDays: 30, cors });
    expect(resource(run, "aws:s3/bucket:Bucket", "uploads").inputs).to.deep.equal({
      forceDestroy: true,
    });
    expect(
      resource(run, "aws:s3/bucketVersioning:BucketVersioning", "uploads").inputs,
    ).to.have.nested.property("versioningConfiguration.status", "Enabled");
    const lifecycle = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
    expect(resource(run, lifecycle, "uploads").inputs)
      .to.have.nested.property("rules[0]")
      .that.deep.includes({
        expiration: { days: 30 },
        noncurrentVersionExpiration: { noncurrentDays: 30 },
      });
    expect(
      resource(run, "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration", "uploads").inputs,
    )
      .to.have.property("corsRules")
      .that.deep.equals(cors);
  });
});

describe("an upload bucket that exists already", () => {
  const existing = { existingBucketName: "pictures", ownsNotifications: true } as const;

  it("stays as it is, but for the notifications of its topic", async () => {
    const run = await runProgram(() => {
      const bucket = new UploadBucket("uploads", existing);
      return new FanoutTopic("news", { sources: [{ bucket }], consumers: [{ name: "a" }] });
    });
    expect(namesOf(run, "aws:s3/bucket:Bucket")).to.deep.equal([]);
    expect(namesOf(run, "aws:s3/bucketPolicy:BucketPolicy")).to.deep.equal([]);
    const type = "aws:s3/bucketNotification:BucketNotification";
    expect(resource(run, type, "uploads").inputs.bucket).to.equal("pictures");
    const policy = json(resource(run, "aws:sns/topicPolicy:TopicPolicy", "news"), "policy");
    expect(policy).to.have.nested.property(
      "Statement[1].Condition.ArnEquals.aws:SourceArn",
      "arn:aws:s3:::pictures",
    );
  });

  for (const [how, name] of [
    ["plain", () => "pictures"],
    ["an Output", () => pulumi.output("pictures")],
  ] as const) {
    it(`is rejected if another component adopted it (${how})`, async () => {
      const failure = await failureOf(
        runProgram(() => {
          new UploadBucket("first", existing);
          return new UploadBucket("second", { ...existing, existingBucketName: name() });
        }),
      );
      expect(failure.message).to.equal(
        'UploadBucket "second": the bucket "pictures" is that of UploadBucket "first" already, and S3 keeps one notification document for a bucket; use that one',
      );
    });
  }
});

describe("the name of a private bucket", () => {
  for (const name of ["my_uploads", "up.loads", "u".repeat(56)]) {
    it(`is rejected if S3 rejects the bucket's name: "${name}"`, async () => {
      const { outputs } = await runProgram(() => thrownBy(() => new UploadBucket(name)));
      expect(outputs).to.have.property(
        "message",
        `UploadBucket "${name}": 1 problem\n  - a bucket's name may have only letters, digits and -, 55 at the most, because Pulumi adds 8 to S3's 63`,
      );
    });
  }
});
