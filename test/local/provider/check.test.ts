import { expect } from "chai";
import {
  hasUnknown,
  type PropertyMap,
  unknown,
} from "../../../local/pulumi/values/propertyValue.ts";
import { newCloud, type ProviderWorld, providerWorld } from "../../harness/provider/awsProvider.ts";

const queue = "aws:sqs/queue:Queue";
const topic = "aws:sns/topic:Topic";
const bucket = "aws:s3/bucket:Bucket";
const role = "aws:iam/role:Role";

describe("the provider's check", () => {
  let world: ProviderWorld;
  beforeEach(() => {
    world = providerWorld();
  });
  afterEach(() => world.cloud.close());

  it("adds the defaults of AWS's provider and an automatic name, and says that it did", async () => {
    expect(await world.check(queue, "mail", { tags: { team: "a" } })).to.deep.equal({
      failures: [],
      inputs: {
        __defaults: [
          "contentBasedDeduplication",
          "delaySeconds",
          "fifoQueue",
          "maxMessageSize",
          "messageRetentionSeconds",
          "name",
          "receiveWaitTimeSeconds",
          "visibilityTimeoutSeconds",
        ],
        contentBasedDeduplication: false,
        delaySeconds: 0,
        fifoQueue: false,
        maxMessageSize: 262_144,
        messageRetentionSeconds: 345_600,
        name: "mail-19b2585",
        receiveWaitTimeSeconds: 0,
        tags: { team: "a" },
        tagsAll: { team: "a" },
        visibilityTimeoutSeconds: 30,
      },
    });
  });

  it("takes the logical name of an object as its key", async () => {
    const { inputs } = await world.check("aws:s3/bucketObject:BucketObject", "www/index.html", {
      bucket: "files",
      content: "x",
    });
    expect(inputs.key).to.equal("www/index.html");
  });

  it("keeps the automatic name of the last deployment, whatever the seed", async () => {
    const { inputs: oldInputs } = await world.check(queue, "mail", {});
    const again = await world.provider.check({
      type: queue,
      name: "mail",
      urn: "urn",
      inputs: {},
      oldInputs,
      randomSeed: Buffer.from("another"),
    });
    expect(again.inputs.name).to.equal(oldInputs.name);
  });

  it("ends names of FIFO queues and topics in .fifo, and writes names of buckets small", async () => {
    const fifoQueue = await world.check(queue, "mail", { fifoQueue: true });
    expect(fifoQueue.inputs.name).to.match(/^mail-[0-9a-f]{7}\.fifo$/);
    const fifoTopic = await world.check(topic, "news", { fifoTopic: "true" });
    expect(fifoTopic.inputs).to.include({ fifoTopic: true });
    expect(fifoTopic.inputs.name).to.match(/^news-[0-9a-f]{7}\.fifo$/);
    expect((await world.check(bucket, "MyFiles", {})).inputs.bucket).to.match(/^myfiles-/);
  });

  for (const [autonaming, name] of [
    [{ mode: "propose", proposedName: "mine" }, "mine.fifo"],
    [{ mode: "enforce", proposedName: "mine" }, "mine"],
  ] as const) {
    it(`takes the name that the engine ${autonaming.mode}s`, async () => {
      const { inputs } = await world.provider.check({
        type: queue,
        name: "mail",
        urn: "urn",
        inputs: { fifoQueue: true },
        autonaming,
      });
      expect(inputs.name).to.equal(name);
    });
  }

  it("wants a name where automatic names are switched off", async () => {
    const { failures } = await world.provider.check({
      type: queue,
      name: "mail",
      urn: "urn",
      inputs: {},
      autonaming: { mode: "disable" },
    });
    expect(failures).to.deep.equal([
      {
        property: "name",
        reason: "automatic naming is disabled but no explicit name was provided",
      },
    ]);
  });

  it("adds the provider's default tags to a resource's own, which win", async () => {
    const configuration = { defaultTags: JSON.stringify({ tags: { team: "a", stage: "dev" } }) };
    const tagged = providerWorld(world.cloud, {}, configuration);
    const { inputs } = await tagged.check(queue, "mail", { tags: { team: "b" } });
    expect(inputs.tags).to.deep.equal({ team: "b" });
    expect(inputs.tagsAll).to.deep.equal({ team: "b", stage: "dev" });
  });

  it("encodes documents that are objects, with their keys in order", async () => {
    const assumeRolePolicy = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "a" } }],
    };
    const { inputs } = await world.check(role, "worker", { assumeRolePolicy });
    expect(inputs.assumeRolePolicy).to.equal(
      '{"Statement":[{"Action":"sts:AssumeRole","Effect":"Allow","Principal":{"Service":"a"}}],"Version":"2012-10-17"}',
    );
  });

  it("takes what is not known yet for right, at any depth", async () => {
    const policy: PropertyMap = { Statement: [{ Resource: unknown }] };
    const { inputs, failures } = await world.check(queue, "mail", {
      delaySeconds: unknown,
      policy,
      tags: { team: unknown },
    });
    expect(failures).to.deep.equal([]);
    expect([inputs.delaySeconds, inputs.policy]).to.deep.equal([unknown, unknown]);
    expect(hasUnknown(inputs.tagsAll)).to.equal(true);
  });

  for (const [type, given, property, reason] of [
    [
      queue,
      { delaySecond: 5 },
      "delaySecond",
      'the local cloud does not support the input "delaySecond": remove it where the program runs locally',
    ],
    [
      queue,
      { delaySeconds: 901 },
      "delaySeconds",
      "expected delaySeconds to be in the range (0 - 900), got 901",
    ],
    [
      queue,
      { delaySeconds: "soon" },
      "delaySeconds",
      'expected "delaySeconds" to be a number, got "soon"',
    ],
    [
      queue,
      { name: "a", namePrefix: "b" },
      "name",
      '"name" conflicts with "namePrefix": give one of them only',
    ],
    [queue, { tags: { a: ["b"] } }, "tags.a", 'expected "tags.a" to be a string, got ["b"]'],
    [
      role,
      {},
      "assumeRolePolicy",
      'missing required argument: "assumeRolePolicy" is required, but not given',
    ],
    [
      role,
      { assumeRolePolicy: "{" },
      "assumeRolePolicy",
      'expected "assumeRolePolicy" to be a JSON document or an object, got "{"',
    ],
    [
      queue,
      { region: "us-east-1" },
      "region",
      "the local cloud has one region, eu-west-1, and the resource asks for us-east-1: leave it out where the program runs locally",
    ],
    [
      queue,
      {
        redriveAllowPolicy: {
          redrivePermission: "byQueue",
          sourceQueueArns: ["arn:aws:sqs:eu-west-1:210987654321:a"],
        },
      },
      "redriveAllowPolicy",
      "the local cloud has one account, 000000000000, and redriveAllowPolicy names a queue of 210987654321: leave the account out where the program runs locally",
    ],
    [
      "aws:s3/bucketNotification:BucketNotification",
      { bucket: "a", topics: [{ topicArn: "b", events: [], filter: 1 }] },
      "topics[0].filter",
      'the local cloud does not support the input "topics[0].filter": remove it where the program runs locally',
    ],
  ] as const) {
    it(`refuses ${JSON.stringify(given)} of ${type}, at ${property}`, async () => {
      const { failures } = await world.check(type, "it", given);
      expect(failures).to.deep.equal([{ property, reason }]);
    });
  }

  it("names a type that the local cloud does not have", async () => {
    const refused = await world.check("aws:mq/broker:Broker", "it", {}).catch(String);
    expect(refused).to.equal(
      "ProviderError: the local cloud does not support resources of the type aws:mq/broker:Broker: leave it out where the program runs locally",
    );
  });

  it("notes what is only listed, and refuses it in a strict run", async () => {
    const tracingConfig = "Active";
    const reason = "X-Ray traces messages on AWS only";
    await world.check(topic, "news", { tracingConfig });
    expect(world.cloud.listed()).to.deep.equal([
      { type: topic, name: "news", input: "tracingConfig", reason },
    ]);
    const strict = providerWorld(world.cloud, { strict: true });
    expect((await strict.check(topic, "news", { tracingConfig })).failures).to.deep.equal([
      { property: "tracingConfig", reason: `--strict: ${reason}` },
    ]);
  });
});

describe("the provider's configuration", () => {
  const cloud = newCloud();
  after(() => cloud.close());

  for (const [what, configuration] of [
    ["its own region", { region: "eu-west-1" }],
    ["credentials and endpoints", { accessKey: "a", secretKey: "b", endpoints: '[{"s3":"c"}]' }],
    ["the account among those that are allowed", { allowedAccountIds: '["000000000000"]' }],
  ] as const) {
    it(`takes ${what}`, () => {
      expect(() => providerWorld(cloud, {}, configuration)).not.to.throw();
    });
  }

  for (const [what, configuration, message] of [
    [
      "another region",
      { region: "us-east-1" },
      /^region: the local cloud has one region, eu-west-1/,
    ],
    ["another account", { allowedAccountIds: '["123456789012"]' }, /^AWS account ID not allowed/],
    [
      "what it does not know",
      { assumeRoleWithWebIdentity: '{"a":1}' },
      /"assumeRoleWithWebIdentity"/,
    ],
  ] as const) {
    it(`refuses ${what}`, () => {
      expect(() => providerWorld(cloud, {}, configuration)).to.throw(message);
    });
  }
});
