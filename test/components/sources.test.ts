import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { FanoutTopic, UploadBucket } from "../../components/index.ts";
import { failureOf } from "../harness/assertions/failure.ts";
import { json, namesOf, resource } from "../harness/programs/graph.ts";
import { runProgram } from "../harness/programs/program.ts";

const topicArn = "arn:aws:sns:eu-west-1:123456789012:media-1a2b3c4";

function media() {
  return runProgram(() => {
    const pictures = new UploadBucket("pictures");
    const films = new UploadBucket("films");
    return new FanoutTopic("media", {
      sources: [
        { bucket: pictures, prefix: "in/", suffix: ".png" },
        { bucket: films },
        { bucket: pictures, events: ["s3:ObjectRemoved:*"], prefix: "in/" },
      ],
      publishers: [
        {
          service: "events.amazonaws.com",
          sourceArn: pulumi.output("arn:aws:events:eu-west-1:123456789012:rule/nightly"),
        },
        { account: "210987654321" },
        { principalArn: "arn:aws:iam::210987654321:role/publisher" },
      ],
      consumers: [{ name: "archive" }],
    });
  });
}

describe("the sources and publishers of a topic", () => {
  it("give each bucket one notification with all of its rules", async () => {
    const run = await media();
    expect(namesOf(run, "aws:s3/bucketNotification:BucketNotification")).to.deep.equal([
      "films",
      "pictures",
    ]);
    const notification = resource(run, "aws:s3/bucketNotification:BucketNotification", "pictures");
    expect(notification.inputs).to.deep.equal({
      bucket: "pictures-1a2b3c4",
      topics: [
        {
          id: "media-1",
          topicArn,
          events: ["s3:ObjectCreated:*"],
          filterPrefix: "in/",
          filterSuffix: ".png",
        },
        { id: "media-2", topicArn, events: ["s3:ObjectRemoved:*"], filterPrefix: "in/" },
      ],
    });
  });

  it("keep the notification when the topic is renamed: replaced, its document would be deleted", async () => {
    const named = async (topic: string) => {
      const run = await runProgram(() => {
        const sources = [{ bucket: new UploadBucket("pictures") }];
        return new FanoutTopic(topic, { sources, consumers: [{ name: "a" }] });
      });
      const type = "aws:s3/bucketNotification:BucketNotification";
      return resource(run, type, "pictures");
    };
    const [before, after] = [await named("media"), await named("files")];
    expect(after.urn).to.equal(before.urn);
    expect(before.formerNames).to.deep.equal(["pictures", "media-pictures"]);
  });

  it("make the notification wait for the topic's policy, which S3 tries at once", async () => {
    const run = await media();
    const policy = resource(run, "aws:sns/topicPolicy:TopicPolicy", "media");
    for (const name of ["films", "pictures"]) {
      const notification = resource(run, "aws:s3/bucketNotification:BucketNotification", name);
      expect(notification.dependencies).to.include(policy.urn);
    }
  });

  it("are let in by one policy, each pinned to what it is", async () => {
    const run = await media();
    expect(namesOf(run, "aws:sns/topicPolicy:TopicPolicy")).to.deep.equal(["media"]);
    const policy = json(resource(run, "aws:sns/topicPolicy:TopicPolicy", "media"), "policy");
    expect(policy)
      .to.have.property("Statement")
      .that.has.lengthOf(7)
      .and.deep.includes({
        Sid: "BucketPicturesPublishes",
        Effect: "Allow",
        Principal: { Service: "s3.amazonaws.com" },
        Action: "sns:Publish",
        Resource: topicArn,
        Condition: {
          ArnEquals: { "aws:SourceArn": "arn:aws:s3:::pictures-1a2b3c4" },
          StringEquals: { "aws:SourceAccount": "123456789012" },
        },
      })
      .and.deep.includes({
        Sid: "Publisher1",
        Effect: "Allow",
        Action: "sns:Publish",
        Resource: topicArn,
        Principal: { Service: "events.amazonaws.com" },
        Condition: {
          ArnLike: { "aws:SourceArn": "arn:aws:events:eu-west-1:123456789012:rule/nightly" },
        },
      })
      .and.deep.includes({
        Sid: "Publisher2",
        Effect: "Allow",
        Action: "sns:Publish",
        Resource: topicArn,
        Principal: { AWS: "arn:aws:iam::210987654321:root" },
      })
      .and.deep.includes({
        Sid: "Publisher3",
        Effect: "Allow",
        Action: "sns:Publish",
        Resource: topicArn,
        Principal: { AWS: "arn:aws:iam::210987654321:role/publisher" },
      });
  });

  it("have Sids of their own if their names differ in dashes only", async () => {
    const run = await runProgram(() => {
      const sources = ["img-1", "img1"].map((name) => ({ bucket: new UploadBucket(name) }));
      return new FanoutTopic("media", { sources, consumers: [{ name: "a" }], encryption: "kms" });
    });
    for (const type of ["aws:sns/topicPolicy:TopicPolicy", "aws:kms/keyPolicy:KeyPolicy"]) {
      const { Statement } = json(resource(run, type, "media"), "policy") as {
        Statement: { Sid: string }[];
      };
      const sids = Statement.map(({ Sid }) => Sid);
      expect(new Set(sids).size).to.equal(sids.length);
    }
  });

  it("are refused when they make the topic's policy larger than SNS takes, which shows late when they are Outputs", async () => {
    const publishers = Array.from({ length: 90 }, (_, index) => ({
      principalArn: pulumi.output(`arn:aws:iam::210987654321:role/${"long".repeat(50)}-${index}`),
    }));
    const failure = await failureOf(
      runProgram(() => new FanoutTopic("media", { publishers, consumers: [{ name: "a" }] })),
    );
    expect(failure.message).to.match(
      /the policy of the topic (would have at least|"media" has) 3\d,?\d{3} bytes; AWS allows 30,?720: name fewer/,
    );
  });

  it("are rejected if they are in another region than the topic, to which S3 does not publish", async () => {
    const elsewhere = () => {
      const bucket = new UploadBucket("films");
      Object.assign(bucket.bucket, { region: pulumi.output("us-east-1") });
      return new FanoutTopic("media", { sources: [{ bucket }], consumers: [{ name: "archive" }] });
    };
    expect((await failureOf(runProgram(elsewhere))).message).to.include(
      'FanoutTopic "media": UploadBucket "films" is in us-east-1, but the topic is in eu-west-1; S3 notifies only topics of the bucket\'s region, so create both in one region',
    );
  });
});
