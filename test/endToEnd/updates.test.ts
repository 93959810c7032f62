import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { FanoutTopic, UploadBucket } from "../../components/index.ts";
import { byOwner } from "../../local/services/s3/requester.ts";
import { failureOf } from "../harness/assertions/failure.ts";
import { startTestRun, type TestRun } from "../harness/runs/localRun.ts";

describe("an update of a program", () => {
  let directory: string;
  let running: TestRun | undefined;

  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), "renamed-"));
  });
  afterEach(async () => {
    await stop();
    rmSync(directory, { recursive: true });
  });

  /** Ends what runs, and updates its stack to what this program says. */
  async function update(program: () => void) {
    await stop();
    running = await startTestRun([], {
      dataDirectory: directory,
      program: async () => {
        program();
        return {};
      },
    });
    return running.run.cloud;
  }

  async function stop(): Promise<void> {
    const ending = running;
    running = undefined;
    await ending?.close();
  }

  type TestCloud = Awaited<ReturnType<typeof update>>;

  /** Uploads a file. @returns the names of the queues that receive its event, without Pulumi's suffixes */
  async function receivers({ buckets, queues, activity }: TestCloud, key: string) {
    const [bucket] = buckets.list();
    const object = { bucket: bucket?.name ?? "", key, bytes: Buffer.from("x"), headers: {} };
    buckets.objects.put(object, byOwner());
    await activity.idle();
    return queues
      .list()
      .filter(({ arn }) => queues.peek(arn, 10).some(({ body }) => body.includes(`"key":"${key}"`)))
      .map(({ name }) => name.replace(/-[0-9a-f]{7}/, ""));
  }

  const notified = (topic: string) => () => {
    const bucket = new UploadBucket("pictures");
    new FanoutTopic(topic, { sources: [{ bucket }], consumers: [{ name: "archive" }] });
  };

  it("keeps a bucket's notifications when the topic is renamed", async () => {
    expect(await receivers(await update(notified("media")), "1")).to.deep.equal(["media-archive"]);
    expect(await receivers(await update(notified("press")), "2")).to.deep.equal(["press-archive"]);
  });

  it("keeps a bucket's notifications when another topic gets them", async () => {
    const both = (notifiedTopic: string) => () => {
      const bucket = new UploadBucket("pictures");
      for (const topic of ["media", "press"]) {
        const sources = topic === notifiedTopic ? [{ bucket }] : [];
        new FanoutTopic(topic, { sources, consumers: [{ name: "archive" }] });
      }
    };
    expect(await receivers(await update(both("media")), "1")).to.deep.equal(["media-archive"]);
    expect(await receivers(await update(both("press")), "2")).to.deep.equal(["press-archive"]);
  });

  it("keeps a bucket's notification that was a child of its topic", async () => {
    /** The topic as it was when it created the notification itself. */
    class FormerTopic extends pulumi.ComponentResource {
      constructor(name: string, { name: bucketName, bucket }: UploadBucket) {
        super("fanout:index:FanoutTopic", name, {});
        const child = { parent: this };
        const topic = new aws.sns.Topic(name, {}, child);
        const policy = topic.arn.apply((arn) => openTo("sns:Publish", arn));
        const open = new aws.sns.TopicPolicy(name, { arn: topic.arn, policy }, child);
        new aws.s3.BucketNotification(
          bucketName,
          {
            bucket: bucket.id,
            topics: [{ id: "media-1", topicArn: topic.arn, events: ["s3:ObjectCreated:*"] }],
          },
          { parent: this, dependsOn: [open] },
        );
      }
    }
    await update(() => new FormerTopic("media", new UploadBucket("pictures")));
    const before = await update(() => new FormerTopic("media", new UploadBucket("pictures")));
    const [topic] = before.topics.list();
    const after = await update(notified("media"));
    expect(after.topics.list().map(({ arn }) => arn)).to.deep.equal([topic?.arn]);
    expect(await receivers(after, "1")).to.deep.equal(["media-archive"]);
  });

  it("rejects a bucket that notifies others, unless it may overwrite this", async () => {
    const inbox = "arn:aws:sqs:eu-west-1:000000000000:inbox";
    const notifiesInbox = () => {
      const bucket = new aws.s3.Bucket("pictures", { bucket: "pictures" });
      const queue = new aws.sqs.Queue("inbox", {
        name: "inbox",
        policy: openTo("sqs:SendMessage", inbox),
      });
      const queues = [{ queueArn: queue.arn, events: ["s3:ObjectCreated:*"] }];
      new aws.s3.BucketNotification("pictures", { bucket: bucket.id, queues });
    };
    const adopts = (ownsNotifications: boolean) => () => {
      notifiesInbox();
      new FanoutTopic("media", {
        sources: [{ bucket: "pictures", ownsNotifications }],
        consumers: [{ name: "archive" }],
      });
    };
    await update(notifiesInbox);
    const failure = await failureOf(update(adopts(false)));
    expect(failure.message).to.include(
      `bucket "pictures": S3 keeps one notification document for a bucket, and these notifications would be lost: s3:ObjectCreated:* to ${inbox}.`,
    );
    expect(await receivers(await update(notifiesInbox), "1")).to.deep.equal(["inbox"]);
    expect(await receivers(await update(adopts(true)), "2")).to.deep.equal(["media-archive"]);
  });

  it("keeps the subscription of an existing queue when its consumer is renamed", async () => {
    const inbox = "arn:aws:sqs:eu-west-1:000000000000:inbox";
    const delivered = (consumer: string) => () => {
      new aws.sqs.Queue("inbox", { name: "inbox", policy: openTo("sqs:SendMessage", inbox) });
      new FanoutTopic("media", {
        sources: [{ bucket: new UploadBucket("pictures") }],
        consumers: [{ name: consumer, existingQueueArn: inbox }],
      });
    };
    expect(await receivers(await update(delivered("mail")), "1")).to.deep.equal(["inbox"]);
    expect(await receivers(await update(delivered("post")), "2")).to.deep.equal(["inbox"]);
  });

  it("lets the topic invoke functions that it replaces, directly and from a queue", async () => {
    const entry = "test/fixtures/handlers/echo.ts";
    const functionsNamed = (prefix: string) => () => {
      new FanoutTopic("media", {
        sources: [{ bucket: new UploadBucket("pictures") }],
        consumers: [
          { name: "direct", kind: "function", handler: entry },
          { name: "queued", handler: entry },
        ],
        transform: { function: (args, name) => ({ ...args, name: `${prefix}-${name}` }) },
      });
    };
    const invoked = async (cloud: TestCloud, key: string) => {
      await cloud.activity.idle();
      const ended: string[] = [];
      cloud.functions.listen(({ functionArn }) => ended.push(functionArn.split(":").at(-1) ?? ""));
      await receivers(cloud, key);
      return ended.sort();
    };
    expect(await invoked(await update(functionsNamed("old")), "1")).to.deep.equal([
      "old-direct",
      "old-queued",
    ]);
    expect(await invoked(await update(functionsNamed("new")), "2")).to.deep.equal([
      "new-direct",
      "new-queued",
    ]);
  });

  it("removes a limit of concurrency that the program no longer has", async () => {
    const limited = (limit: { maxConcurrency?: number }) => () => {
      const handler = "test/fixtures/handlers/echo.ts";
      new FanoutTopic("media", { consumers: [{ name: "queued", handler, ...limit }] });
    };
    const limits = ({ mappings }: TestCloud) =>
      mappings.list().map(({ maximumConcurrency }) => maximumConcurrency);
    expect(limits(await update(limited({ maxConcurrency: 5 })))).to.deep.equal([5]);
    expect(limits(await update(limited({})))).to.deep.equal([undefined]);
  });
});

function openTo(action: string, resource: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: "*", Action: action, Resource: resource }],
  });
}
