import * as aws from "@pulumi/aws";
import { expect } from "chai";
import { FanoutTopic, UploadBucket } from "../../components/index.ts";
import { known } from "../../testing/known.ts";
import { json, namesOf, resource, waitsFor } from "../harness/programs/graph.ts";
import { runProgram } from "../harness/programs/program.ts";

const account = "123456789012";
const topicArn = `arn:aws:sns:eu-west-1:${account}:news-1a2b3c4`;
const keyArn = `arn:aws:kms:eu-west-1:${account}:key/000000000000000000000000news-1a2b3c4`;
const sending = ["kms:GenerateDataKey*", "kms:Decrypt"];
const handler = "test/fixtures/handlers/echo.ts";

function encrypted() {
  return runProgram(() => {
    const bucket = new UploadBucket("pictures");
    const topic = new FanoutTopic("news", {
      encryption: "kms",
      sources: [{ bucket }],
      publishers: [
        { service: "events.amazonaws.com" },
        { service: "cloudwatch.amazonaws.com" },
        { service: "elasticache.amazonaws.com" },
      ],
      consumers: [
        { name: "a", handler, subscriptionDeadLetter: true },
        { name: "b", kind: "function", handler },
      ],
    });
    const role = new aws.iam.Role("web", { assumeRolePolicy: "{}" });
    topic.grantPublish(role);
    topic.grantConsume("a", role);
    return topic;
  });
}

const decrypt = {
  Sid: "DecryptMessages",
  Effect: "Allow",
  Action: "kms:Decrypt",
  Resource: keyArn,
};
const encrypt = { Sid: "EncryptMessages", Effect: "Allow", Action: sending, Resource: keyArn };

describe("encryption with a key of its own", () => {
  it("makes one key that rotates", async () => {
    const run = await encrypted();
    expect(namesOf(run, "aws:kms/key:Key")).to.deep.equal(["news"]);
    expect(resource(run, "aws:kms/key:Key", "news").inputs).to.deep.equal({
      description: "Messages of the topic news, and of its queues",
      enableKeyRotation: true,
      deletionWindowInDays: 30,
    });
  });

  it("is, with its policy, the topic's in Pulumi, as a grant is the role's", async () => {
    const run = await encrypted();
    const parentOf = (type: string, name: string) =>
      resource(run, type, name).parent.split("::").slice(-2).join(" ");
    const topic = "fanout:index:FanoutTopic news";
    expect(parentOf("aws:kms/key:Key", "news")).to.equal(topic);
    expect(parentOf("aws:kms/keyPolicy:KeyPolicy", "news")).to.equal(topic);
    expect(parentOf("aws:sns/topicPolicy:TopicPolicy", "news")).to.equal(topic);
    expect(parentOf("aws:iam/rolePolicy:RolePolicy", "news-web-publish")).to.equal(
      "aws:iam/role:Role web",
    );
  });

  it("encrypts the topic and every queue with it, the dead-letter queues too", async () => {
    const run = await encrypted();
    expect(resource(run, "aws:sns/topic:Topic", "news").inputs.kmsMasterKeyId).to.equal(keyArn);
    const queues = run.registrations.filter(({ type }) => type === "aws:sqs/queue:Queue");
    expect(queues).to.have.lengthOf(5);
    for (const { inputs } of queues) {
      expect(inputs.kmsMasterKeyId).to.equal(keyArn);
      expect(inputs).not.to.have.property("sqsManagedSseEnabled");
    }
  });

  it("lets only the account, the topic and the publishers use the key", async () => {
    const run = await encrypted();
    const policy = resource(run, "aws:kms/keyPolicy:KeyPolicy", "news");
    expect(policy.inputs.keyId).to.equal("news-1a2b3c4");
    expect(json(policy, "policy")).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AccountManages",
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${account}:root` },
          Action: "kms:*",
          Resource: keyArn,
        },
        {
          Sid: "TopicDelivers",
          Effect: "Allow",
          Principal: { Service: "sns.amazonaws.com" },
          Action: sending,
          Resource: keyArn,
          Condition: { ArnEquals: { "aws:SourceArn": topicArn } },
        },
        {
          Sid: "BucketPicturesPublishes",
          Effect: "Allow",
          Principal: { Service: "s3.amazonaws.com" },
          Action: sending,
          Resource: keyArn,
          Condition: {
            ArnEquals: { "aws:SourceArn": "arn:aws:s3:::pictures-1a2b3c4" },
            StringEquals: {
              "aws:SourceAccount": account,
              "kms:EncryptionContext:aws:sns:topicArn": topicArn,
            },
          },
        },
        {
          Sid: "Publisher1",
          Effect: "Allow",
          Principal: { Service: "events.amazonaws.com" },
          Action: sending,
          Resource: keyArn,
          // EventBridge names no source when it uses a key.
          Condition: { StringEquals: { "kms:EncryptionContext:aws:sns:topicArn": topicArn } },
        },
        {
          Sid: "Publisher2",
          Effect: "Allow",
          Principal: { Service: "cloudwatch.amazonaws.com" },
          Action: sending,
          Resource: keyArn,
          Condition: {
            StringEquals: {
              "aws:SourceAccount": account,
              "kms:EncryptionContext:aws:sns:topicArn": topicArn,
            },
          },
        },
        {
          Sid: "Publisher3",
          Effect: "Allow",
          Principal: { Service: "elasticache.amazonaws.com" },
          Action: sending,
          Resource: keyArn,
          // Neither does ElastiCache.
          Condition: { StringEquals: { "kms:EncryptionContext:aws:sns:topicArn": topicArn } },
        },
      ],
    });
  });

  it("is in place before the first event of a bucket", async () => {
    const run = await encrypted();
    const policy = resource(run, "aws:kms/keyPolicy:KeyPolicy", "news");
    const notification = resource(run, "aws:s3/bucketNotification:BucketNotification", "pictures");
    expect(waitsFor(run, notification, policy)).to.equal(true);
    const subscription = resource(run, "aws:sns/topicSubscription:TopicSubscription", "news-a");
    expect(waitsFor(run, subscription, policy)).to.equal(true);
  });

  it("lets a function read its messages, and write those that it fails on", async () => {
    const run = await encrypted();
    const worked = json(resource(run, "aws:iam/rolePolicy:RolePolicy", "news-a"), "policy");
    expect(worked).to.have.property("Statement").that.deep.includes(decrypt);
    expect(worked).to.have.property("Statement").that.has.lengthOf(3);
    const direct = json(resource(run, "aws:iam/rolePolicy:RolePolicy", "news-b"), "policy");
    expect(direct).to.have.property("Statement").that.deep.includes(encrypt);
    expect(direct).to.have.property("Statement").that.has.lengthOf(3);
  });

  it("comes with the rights to publish and to consume", async () => {
    const run = await encrypted();
    const publish = json(
      resource(run, "aws:iam/rolePolicy:RolePolicy", "news-web-publish"),
      "policy",
    );
    expect(publish).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        { Sid: "Publish", Effect: "Allow", Action: "sns:Publish", Resource: topicArn },
        encrypt,
      ],
    });
    const consume = resource(run, "aws:iam/rolePolicy:RolePolicy", "news-a-web-consume");
    expect(json(consume, "policy")).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "ConsumeQueue",
          Effect: "Allow",
          Action: [
            "sqs:ReceiveMessage",
            "sqs:DeleteMessage",
            "sqs:GetQueueAttributes",
            "sqs:ChangeMessageVisibility",
            "sqs:GetQueueUrl",
          ],
          Resource: `arn:aws:sqs:eu-west-1:${account}:news-1a2b3c4-a`,
        },
        decrypt,
      ],
    });
  });
});

describe("encryption with a key that exists", () => {
  it("leaves the key's policy alone, and says and gives what has to be added", async () => {
    const id = "1234abcd-12ab-34cd-56ef-1234567890ab";
    const run = await runProgram(() => {
      const key = aws.kms.Key.get("ours", id);
      return new FanoutTopic("news", { encryption: { key }, consumers: [{ name: "a" }] });
    });
    expect(namesOf(run, "aws:kms/keyPolicy:KeyPolicy")).to.deep.equal([]);
    const arn = `arn:aws:kms:eu-west-1:${account}:key/${id}`;
    const added = await known(run.outputs.statementsToAdd);
    expect(added).to.deep.equal([
      {
        resource: arn,
        statement: {
          Sid: "TopicDelivers",
          Effect: "Allow",
          Principal: { Service: "sns.amazonaws.com" },
          Action: sending,
          Resource: arn,
          Condition: { ArnEquals: { "aws:SourceArn": topicArn } },
        },
      },
    ]);
    expect(run.infos.join("\n")).to.contain(
      `FanoutTopic "news": the policy of ${arn} needs these statements\n[\n  {\n    "Sid": "TopicDelivers"`,
    );
  });
});
