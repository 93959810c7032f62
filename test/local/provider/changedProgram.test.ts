import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import type { LocalRunOptions } from "../../../local/localRun.ts";
import { byOwner } from "../../../local/services/s3/requester.ts";
import { failureOf } from "../../harness/assertions/failure.ts";
import { startTestRun, type TestRun } from "../../harness/runs/localRun.ts";

const sqsArn = (name: string) => `arn:aws:sqs:eu-west-1:000000000000:${name}`;
const snsArn = (name: string) => `arn:aws:sns:eu-west-1:000000000000:${name}`;

describe("a changed program on the data of the one before", () => {
  let directory: string;
  let running: TestRun | undefined;

  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), "changed-"));
  });
  afterEach(async () => {
    await stop();
    rmSync(directory, { recursive: true });
  });

  /** Ends what runs, and starts this program on what it left behind. */
  async function start(program: () => void, options: Partial<LocalRunOptions> = {}) {
    await stop();
    running = await startTestRun([], {
      dataDirectory: directory,
      program: async () => {
        program();
        return {};
      },
      ...options,
    });
    return { ...running.run.cloud, leftovers: running.run.leftovers };
  }

  async function stop(): Promise<void> {
    const ending = running;
    running = undefined;
    await ending?.close();
  }

  const message = (body: string) => ({ body, senderId: "test", from: "test" });

  it("brings queues to exactly the attributes and tags that it says, and keeps their messages", async () => {
    const deadLetters = () => new aws.sqs.Queue("dlq", { name: "dlq" });
    const before = await start(() => {
      const deadLetterTargetArn = deadLetters().arn;
      new aws.sqs.Queue("work", {
        name: "work",
        visibilityTimeoutSeconds: 7,
        delaySeconds: 5,
        redrivePolicy: pulumi.jsonStringify({ deadLetterTargetArn, maxReceiveCount: 3 }),
        tags: { team: "orders", stage: "old" },
      });
    });
    before.queues.send(sqsArn("work"), message("kept"));
    const after = await start(() => {
      deadLetters();
      new aws.sqs.Queue("work", {
        name: "work",
        visibilityTimeoutSeconds: 9,
        tags: { stage: "new" },
      });
    });
    const { attributes, tags } = after.queues.get(sqsArn("work"));
    expect(attributes).to.include({ VisibilityTimeout: "9", DelaySeconds: "0" });
    expect(attributes).not.to.have.property("RedrivePolicy");
    expect(tags).to.deep.equal({ stage: "new" });
    expect(after.queues.peek(sqsArn("work"), 10).map(({ body }) => body)).to.deep.equal(["kept"]);
    expect(after.leftovers).to.deep.equal([]);
  });

  it("brings topics to what it says, and gives them back the policy of SNS when it has none for them", async () => {
    const policy = (sid: string) =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: sid,
            Effect: "Allow",
            Principal: "*",
            Action: "sns:Publish",
            Resource: snsArn("t"),
          },
        ],
      });
    const before = await start(() => {
      const { arn } = new aws.sns.Topic("t", {
        name: "t",
        displayName: "Old",
        signatureVersion: 2,
        tags: { stage: "old" },
      });
      new aws.sns.TopicPolicy("t", { arn, policy: policy("One") });
    });
    expect(before.topics.policy(snsArn("t"))).to.equal(policy("One"));
    const changed = await start(() => {
      const { arn } = new aws.sns.Topic("t", { name: "t", displayName: "New" });
      new aws.sns.TopicPolicy("t", { arn, policy: policy("Two") });
    });
    expect(changed.topics.get(snsArn("t"))).to.deep.include({
      attributes: { DisplayName: "New", Policy: policy("Two"), SignatureVersion: "1" },
      tags: {},
    });
    const after = await start(() => {
      new aws.sns.Topic("t", { name: "t" });
    });
    expect(after.topics.get(snsArn("t")).attributes).to.deep.equal({ SignatureVersion: "1" });
    expect(after.topics.policy(snsArn("t"))).to.include("__default_statement_ID");
  });

  function subscribedTopic(subscriptions: Record<string, Partial<aws.sns.TopicSubscriptionArgs>>) {
    const topic = new aws.sns.Topic("t", { name: "t" }).arn;
    for (const [name, args] of Object.entries(subscriptions)) {
      const endpoint = new aws.sqs.Queue(name, { name }).arn;
      new aws.sns.TopicSubscription(name, { topic, protocol: "sqs", endpoint, ...args });
    }
  }

  it("brings subscriptions to what it says, and leaves their ARN", async () => {
    const before = await start(() =>
      subscribedTopic({
        a: {
          rawMessageDelivery: true,
          filterPolicy: '{"kind":["x"]}',
          filterPolicyScope: "MessageBody",
        },
        b: {},
      }),
    );
    const to = ({ topics }: typeof before, name: string) =>
      topics.subscriptions(snsArn("t")).find(({ endpoint }) => endpoint === sqsArn(name));
    const arns = ["a", "b"].map((name) => to(before, name)?.arn);
    const after = await start(() =>
      subscribedTopic({ a: {}, b: { filterPolicy: '{"kind":["y"]}', rawMessageDelivery: true } }),
    );
    const [a, b] = ["a", "b"].map((name) => to(after, name));
    expect([a?.arn, b?.arn]).to.deep.equal(arns);
    expect(a?.rawDelivery).to.equal(false);
    expect(a?.filter).to.equal(undefined);
    expect(after.topics.subscriptionAttributes(b?.arn ?? "")).to.include({
      RawMessageDelivery: "true",
      FilterPolicy: '{"kind":["y"]}',
      FilterPolicyScope: "MessageAttributes",
    });
  });

  it("removes subscriptions that the program no longer has, and keeps those that were made by hand", async () => {
    const before = await start(() => subscribedTopic({ a: {}, b: {} }));
    before.topics.subscribe(snsArn("t"), "sms", "+15550100");
    const after = await start(() => subscribedTopic({ b: {} }));
    expect(after.topics.subscriptions(snsArn("t")).map(({ endpoint }) => endpoint)).to.deep.equal([
      sqsArn("b"),
      "+15550100",
    ]);
    expect(after.queues.find(sqsArn("a"))).to.equal(undefined);
  });

  it("keeps queues with messages, and says so until they are empty", async () => {
    const before = await start(() => subscribedTopic({ a: {}, b: {} }));
    before.queues.send(sqsArn("a"), message("1"));
    before.queues.send(sqsArn("a"), { ...message("2"), delaySeconds: 60 });
    const after = await start(() => {});
    expect(after.leftovers).to.deep.equal(["queue a, with 2 messages"]);
    expect(after.queues.list().map(({ name }) => name)).to.deep.equal(["a"]);
    expect(after.topics.list()).to.deep.equal([]);
    after.queues.purge(sqsArn("a"));
    const last = await start(() => {});
    expect(last.leftovers).to.deep.equal([]);
    expect(last.queues.list()).to.deep.equal([]);
  });

  it("makes again what it had given up a moment before", async () => {
    await start(() => subscribedTopic({ a: {} }));
    await start(() => {});
    const after = await start(() => subscribedTopic({ a: {} }));
    expect(after.queues.get(sqsArn("a")).name).to.equal("a");
    expect(after.topics.subscriptions(snsArn("t"))).to.have.lengthOf(1);
  });

  it("takes nothing away when it fails", async () => {
    await start(() => subscribedTopic({ a: {} }));
    await failureOf(
      start(() => {
        throw new Error("the program is broken");
      }),
    );
    const after = await start(() => subscribedTopic({ a: {} }));
    expect(after.topics.subscriptions(snsArn("t"))).to.have.lengthOf(1);
  });

  function notifyingBucket(prefix: string | undefined) {
    const topic = new aws.sns.Topic("t", { name: "t" }).arn;
    const endpoint = new aws.sqs.Queue("q", {
      name: "q",
      policy: anybodyMay("sqs:SendMessage", sqsArn("q")),
    }).arn;
    new aws.sns.TopicPolicy("t", { arn: topic, policy: anybodyMay("sns:Publish", snsArn("t")) });
    new aws.sns.TopicSubscription("q", { topic, protocol: "sqs", endpoint });
    const bucket = new aws.s3.Bucket("files", { bucket: "files" }).bucket;
    if (prefix === undefined) return;
    new aws.s3.BucketNotification("files", {
      bucket,
      topics: [
        { id: "all", topicArn: topic, events: ["s3:ObjectCreated:*"], filterPrefix: prefix },
      ],
    });
  }

  function anybodyMay(action: string, resource: string): string {
    return JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: "*", Action: action, Resource: resource }],
    });
  }

  it("lets S3 send its test event when the rules of a bucket change, and only then", async () => {
    const events = (cloud: Awaited<ReturnType<typeof start>>) =>
      cloud.queues.counts(sqsArn("q")).visible;
    expect(events(await start(() => notifyingBucket("images/")))).to.equal(1);
    expect(events(await start(() => notifyingBucket("images/")))).to.equal(1);
    const changed = await start(() => notifyingBucket("photos/"));
    expect(events(changed)).to.equal(2);
    expect(changed.buckets.get("files").notification).to.deep.equal([
      {
        id: "all",
        topicArn: snsArn("t"),
        events: ["s3:ObjectCreated:*"],
        prefix: "photos/",
      },
    ]);
  });

  it("ends the notification of a bucket that it has no more", async () => {
    await start(() => notifyingBucket("images/"));
    const after = await start(() => notifyingBucket(undefined));
    expect(after.buckets.get("files").notification).to.deep.equal([]);
  });

  function page(text: string | undefined) {
    const bucket = new aws.s3.Bucket("site", { bucket: "site" }).bucket;
    new aws.s3.BucketVersioning("site", {
      bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    if (text === undefined) return;
    const source = new pulumi.asset.StringAsset(text);
    new aws.s3.BucketObjectv2("page", { bucket, key: "a/page.txt", source });
  }

  it("puts an object of the program again only when it has changed", async () => {
    const versions = ({ buckets }: Awaited<ReturnType<typeof start>>) =>
      buckets.objects.list({ bucket: "site", limit: 10, versions: true }).entries.length;
    expect(versions(await start(() => page("one")))).to.equal(1);
    expect(versions(await start(() => page("one")))).to.equal(1);
    expect(versions(await start(() => page("two")))).to.equal(2);
    const after = await start(() => page(undefined));
    expect(
      after.buckets.objects.list({ bucket: "site", limit: 10, versions: false }).entries,
    ).to.deep.equal([]);
  });

  const table = (hashKey: string) => {
    new aws.dynamodb.Table("items", {
      name: "items",
      hashKey,
      attributes: [{ name: hashKey, type: "S" }],
      billingMode: "PAY_PER_REQUEST",
    });
  };

  it("keeps buckets with objects and tables with items, and takes away the empty ones", async () => {
    const before = await start(() => {
      for (const name of ["full", "empty"]) new aws.s3.Bucket(name, { bucket: name });
      table("id");
    });
    await before.tables.call("PutItem", { TableName: "items", Item: { id: { S: "1" } } });
    const object = { bucket: "full", key: "k", bytes: Buffer.from("x"), headers: {} };
    before.buckets.objects.put(object, byOwner());
    const after = await start(() => {});
    expect(after.leftovers).to.deep.equal(["bucket full, with objects", "table items, with items"]);
    expect(after.buckets.list().map(({ name }) => name)).to.deep.equal(["full"]);
    await after.tables.call("DeleteItem", { TableName: "items", Key: { id: { S: "1" } } });
    expect((await start(() => {})).leftovers).to.deep.equal(["bucket full, with objects"]);
  });

  it("replaces a table whose keys change as long as it has no items", async () => {
    await start(() => table("id"));
    const after = await start(() => table("name"));
    const { Table } = await after.tables.call("DescribeTable", { TableName: "items" });
    expect(Table).to.have.deep.property("KeySchema", [{ AttributeName: "name", KeyType: "HASH" }]);
    await after.tables.call("PutItem", { TableName: "items", Item: { name: { S: "1" } } });
    const { message: problem } = await failureOf(start(() => table("id")));
    expect(problem).to.equal(
      "aws:dynamodb/table:Table (items): error: a change of hashKey would replace the table items, with items: empty it first, or use another data directory (on AWS all of that would be deleted)",
    );
  });
});
