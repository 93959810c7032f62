import { expect } from "chai";
import { FanoutTopic, UploadBucket } from "../../components/index.ts";
import { failureOf } from "../harness/assertions/failure.ts";
import { namesOf, resource } from "../harness/programs/graph.ts";
import { runProgram } from "../harness/programs/program.ts";

const notification = "aws:s3/bucketNotification:BucketNotification";
const consumers = [{ name: "a" }];

function arnOf(topic: string): string {
  return `arn:aws:sns:eu-west-1:123456789012:${topic}-1a2b3c4`;
}

/** A bucket whose images and films different topics get. */
function library() {
  const bucket = new UploadBucket("library");
  new FanoutTopic("images", { sources: [{ bucket, prefix: "images/" }], consumers });
  new FanoutTopic("films", { sources: [{ bucket, prefix: "films/" }], consumers });
  return bucket;
}

describe("a bucket that is a source of several topics", () => {
  it("has one notification with the rules of all of them", async () => {
    const run = await runProgram(library);
    expect(namesOf(run, notification)).to.deep.equal(["library"]);
    expect(resource(run, notification, "library").inputs).to.deep.equal({
      bucket: "library-1a2b3c4",
      topics: [
        {
          id: "images-1",
          topicArn: arnOf("images"),
          events: ["s3:ObjectCreated:*"],
          filterPrefix: "images/",
        },
        {
          id: "films-1",
          topicArn: arnOf("films"),
          events: ["s3:ObjectCreated:*"],
          filterPrefix: "films/",
        },
      ],
    });
  });

  it("is notified once the policies of all topics exist", async () => {
    const run = await runProgram(library);
    const policies = ["images", "films"].map((name) =>
      resource(run, "aws:sns/topicPolicy:TopicPolicy", name),
    );
    const { dependencies } = resource(run, notification, "library");
    expect(dependencies).to.include.members(policies.map(({ urn }) => urn));
  });

  it("can be split by events and suffixes, and changed by the transforms of all topics", async () => {
    const run = await runProgram(() => {
      const bucket = new UploadBucket("library");
      const queue = (name: string) => ({
        queueArn: `arn:aws:sqs:eu-west-1:123456789012:${name}`,
        events: ["s3:ObjectRestore:*"],
      });
      new FanoutTopic("created", {
        sources: [{ bucket, suffix: ".png" }],
        consumers,
        transform: { notification: (args) => ({ ...args, queues: [queue("one")] }) },
      });
      new FanoutTopic("removed", {
        sources: [{ bucket, events: ["s3:ObjectRemoved:*"] }],
        consumers,
        transform: {
          notification: (args) => ({ ...args, queues: [queue("two")], eventbridge: true }),
        },
      });
      return bucket;
    });
    const { inputs } = resource(run, notification, "library");
    expect(inputs.topics).to.have.lengthOf(2);
    expect(inputs.queues).to.have.lengthOf(2);
    expect(inputs.eventbridge).to.equal(true);
  });

  it("may have topics that wait for its component, or for each other", async () => {
    const run = await runProgram(() => {
      const bucket = new UploadBucket("library");
      const first = new FanoutTopic(
        "images",
        { sources: [{ bucket, prefix: "images/" }], consumers },
        { dependsOn: [bucket] },
      );
      return new FanoutTopic(
        "films",
        { sources: [{ bucket, prefix: "films/" }], consumers },
        { dependsOn: [first] },
      );
    });
    expect(resource(run, notification, "library").inputs.topics).to.have.lengthOf(2);
  });

  it("is rejected before the deployment if the rules of two topics overlap", async () => {
    const failure = await failureOf(
      runProgram(() => {
        const bucket = new UploadBucket("library");
        new FanoutTopic("all", { sources: [{ bucket }], consumers });
        return new FanoutTopic("images", { sources: [{ bucket, prefix: "images/" }], consumers });
      }),
    );
    expect(failure.message).to.equal(
      'FanoutTopic "images": 1 problem\n  - source 1: matches some of the same events as another rule of the bucket (FanoutTopic "all", prefix "", suffix ""); S3 rejects overlapping rules: use prefixes or suffixes that exclude each other, or via: "eventBridge"',
    );
  });

  it("is rejected if a topic comes after the bucket's notification was created", async () => {
    const failure = await failureOf(
      runProgram(async () => {
        const bucket = new UploadBucket("library");
        const first = new FanoutTopic("images", {
          sources: [{ bucket, prefix: "images/" }],
          consumers,
        });
        await new Promise((resolve) => first.notifications[0]?.id.apply(resolve));
        return new FanoutTopic("films", { sources: [{ bucket, prefix: "films/" }], consumers });
      }),
    );
    expect(failure.message).to.equal(
      'FanoutTopic "films": 1 problem\n  - source 1: the notifications of the bucket "library" are being created already, for the topics that the program created before it waited; create this topic before the program awaits anything, or use via: "eventBridge"',
    );
  });

  it("shows its rules in a preview, where no topic has an ARN", async () => {
    const run = await runProgram(library, { preview: true });
    expect(namesOf(run, notification)).to.deep.equal(["library"]);
  });
});
