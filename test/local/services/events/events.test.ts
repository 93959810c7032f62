import { expect } from "chai";
import { Cloud } from "../../../../local/cloud.ts";
import { type AccessRequest, type Authorize, owner } from "../../../../local/protocol/access.ts";
import { eventsService } from "../../../../local/services/events/api/events.ts";
import { ManualClock } from "../../../../local/time/manualClock.ts";
import { failureOf } from "../../../harness/assertions/failure.ts";
import { type ProviderWorld, providerWorld } from "../../../harness/provider/awsProvider.ts";
import { policyFor, prepare, queueArn } from "../../../harness/provider/resourceCases.ts";

const ruleType = "aws:cloudwatch/eventRule:EventRule";
const targetType = "aws:cloudwatch/eventTarget:EventTarget";

describe("EventBridge", () => {
  let clock: ManualClock;
  let world: ProviderWorld;
  beforeEach(async () => {
    const cloud = new Cloud({
      region: "eu-west-1",
      clock: (activity) => {
        clock = new ManualClock(() => activity.idle());
        return clock;
      },
      endpoint: () => "http://127.0.0.1:4566",
    });
    world = providerWorld(cloud);
    await prepare(world);
    await world.create("aws:sqs/queuePolicy:QueuePolicy", "it", {
      queueUrl: cloud.queues.get(queueArn).url,
      policy: policyFor("sqs:SendMessage", queueArn, { Service: "events.amazonaws.com" }),
    });
  });
  afterEach(() => world.cloud.close());

  const bodies = () => world.cloud.queues.peek(queueArn, 10).map(({ body }) => JSON.parse(body));

  const orders = {
    eventPattern: { source: ["orders"], detail: { total: [{ numeric: [">", 9] }] } },
  };

  it("sends an event that matches a rule to its target, and no other", async () => {
    await world.create(ruleType, "orders", { name: "orders", ...orders });
    await world.create(targetType, "inbox", { rule: "orders", arn: queueArn });
    const event = { source: "orders", detailType: "placed", detail: { total: 10 } };
    const id = world.cloud.events.put(event);
    world.cloud.events.put({ ...event, detail: { total: 9 } });
    world.cloud.events.put({ ...event, source: "bills" });
    expect(bodies()).to.deep.equal([
      {
        version: "0",
        id,
        "detail-type": "placed",
        source: "orders",
        account: "000000000000",
        time: new Date(clock.now()).toISOString().replace(".000Z", "Z"),
        region: "eu-west-1",
        resources: [],
        detail: { total: 10 },
      },
    ]);
  });

  it("sends a part of the event, or a text in its place", async () => {
    await world.create(ruleType, "orders", { name: "orders", ...orders });
    const target = { rule: "orders", arn: queueArn };
    await world.create(targetType, "part", { ...target, inputPath: "$.detail.total" });
    await world.create(targetType, "text", { ...target, input: { fixed: true } });
    world.cloud.events.put({ source: "orders", detailType: "placed", detail: { total: 10 } });
    expect(bodies()).to.deep.equal([10, { fixed: true }]);
  });

  it("sends what a template makes of the event", async () => {
    await world.create(ruleType, "orders", { name: "orders", ...orders });
    const inputPaths = {
      total: "$.detail.total",
      first: "$.detail.lines[0]",
      note: "$.detail.note",
      none: "$.detail.none",
    };
    const inputTemplate =
      '{"rule": "<aws.events.rule-name>", "total": <total>, "first": <first>, "text": "of <total>: <note>, <first>", "none": "<none>"}';
    const target = { rule: "orders", arn: queueArn };
    await world.create(targetType, "t", {
      ...target,
      inputTransformer: { inputPaths, inputTemplate },
    });
    const detail = { total: 10, lines: [{ sku: "a" }], note: 'say "hi"' };
    world.cloud.events.put({ source: "orders", detailType: "placed", detail });
    expect(bodies()).to.deep.equal([
      {
        rule: "orders",
        total: 10,
        first: { sku: "a" },
        text: 'of 10: say "hi", {"sku":"a"}',
        none: "",
      },
    ]);
    const wrongOnes: { inputPaths: Record<string, string>; inputTemplate: string }[] = [
      { inputPaths: { awsX: "$.a" }, inputTemplate: "<awsX>" },
      { inputPaths: { other: "$.a" }, inputTemplate: "<total>" },
    ];
    for (const wrong of wrongOnes) {
      const failure = await failureOf(
        world.create(targetType, "wrong", { ...target, inputTransformer: wrong }),
      );
      expect(failure.message).to.include("Invalid InputTransformer for target");
    }
  });

  it("keeps the events of a bus of its own apart", async () => {
    await world.create("aws:cloudwatch/eventBus:EventBus", "shop", { name: "shop" });
    await world.create(ruleType, "o", { name: "o", eventBusName: "shop", ...orders });
    await world.create(targetType, "t", { rule: "o", eventBusName: "shop", arn: queueArn });
    const event = { source: "orders", detailType: "placed", detail: { total: 10 } };
    world.cloud.events.put(event);
    expect(bodies()).to.deep.equal([]);
    world.cloud.events.put({ ...event, bus: "shop" });
    expect(bodies()).to.have.lengthOf(1);
  });

  it("sends scheduled events at their times, until the rule is gone", async () => {
    const rule = await world.create(ruleType, "tick", { scheduleExpression: "rate(5 minutes)" });
    await world.create(targetType, "inbox", { rule: String(rule.outputs.name), arn: queueArn });
    await clock.advance(11 * 60_000);
    expect(bodies().map(({ source }) => source)).to.deep.equal(["aws.events", "aws.events"]);
    await world.provider.delete(rule);
    await clock.advance(60 * 60_000);
    expect(bodies()).to.have.lengthOf(2);
  });

  it("traces what a target's policy denies", async () => {
    const topicArn = "arn:aws:sns:eu-west-1:000000000000:news";
    await world.create(ruleType, "orders", { name: "orders", ...orders });
    await world.create(targetType, "news", { rule: "orders", arn: topicArn });
    const denials: string[] = [];
    world.cloud.trace.listen((hop) => {
      if (hop.kind === "denied") denials.push(`${hop.from} ${hop.to}`);
    });
    world.cloud.events.put({ source: "orders", detailType: "placed", detail: { total: 10 } });
    expect(denials).to.deep.equal([
      `arn:aws:events:eu-west-1:000000000000:rule/orders ${topicArn}`,
    ]);
  });

  it("answers PutEvents, each entry by itself", async () => {
    await world.create(ruleType, "orders", { name: "orders", ...orders });
    await world.create(targetType, "inbox", { rule: "orders", arn: queueArn });
    const entry = { Source: "orders", DetailType: "placed" };
    const { status, body } = await putEvents(world.cloud.permissions.authorize, [
      { ...entry, Detail: '{"total":10}' },
      { ...entry, Detail: "{" },
    ]);
    expect(status).to.equal(200);
    const answer = JSON.parse(String(body));
    expect(answer.FailedEntryCount).to.equal(1);
    expect(answer.Entries[1].ErrorCode).to.equal("MalformedDetail");
    expect(bodies().map(({ id }) => id)).to.deep.equal([answer.Entries[0].EventId]);
  });

  it("puts nothing when the caller may not put to one of the buses", async () => {
    await world.create("aws:cloudwatch/eventBus:EventBus", "shop", { name: "shop" });
    await world.create(ruleType, "orders", { name: "orders", ...orders });
    await world.create(targetType, "inbox", { rule: "orders", arn: queueArn });
    const asked: AccessRequest[] = [];
    const entry = { Source: "orders", DetailType: "placed", Detail: '{"total":10}' };
    const bus = "arn:aws:events:eu-west-1:000000000000:event-bus";
    const { status, body } = await putEvents(
      (request) => {
        asked.push(request);
        const allowed = request.resource === `${bus}/default`;
        return allowed ? { allowed } : { allowed, reason: "No statement allows it." };
      },
      [entry, { ...entry, EventBusName: "default" }, { ...entry, EventBusName: `${bus}/shop` }],
    );
    expect([status, JSON.parse(String(body)).message]).to.deep.equal([
      400,
      `User: ${caller} is not authorized to perform: events:PutEvents on resource: ${bus}/shop. No statement allows it.`,
    ]);
    expect(asked.map(({ resource, context }) => [resource, context])).to.deep.equal([
      [`${bus}/default`, { "aws:SecureTransport": "true" }],
      [`${bus}/shop`, { "aws:SecureTransport": "true" }],
    ]);
    expect(bodies()).to.deep.equal([]);
  });

  it("names each member of PutEvents that is wrong", async () => {
    const entry = { Source: "orders", DetailType: 1, Detail: {} };
    const { status, body } = await putEvents(world.cloud.permissions.authorize, [entry]);
    const { __type, message } = JSON.parse(String(body));
    expect([status, __type]).to.deep.equal([400, "com.amazonaws.events#ValidationException"]);
    expect(message).to.match(
      /^2 validation errors detected: Value at 'Entries\.0\.DetailType' failed to satisfy constraint: .*; Value at 'Entries\.0\.Detail' failed/,
    );
  });

  for (const [what, key, reason] of [
    ["by the policy of the queue's key", "key/lock", "kms:GenerateDataKey"],
    ["always, of a queue under a key that AWS manages", "alias/aws/sqs", "may not use the key"],
  ] as const) {
    it(`is denied a target ${what}`, async () => {
      world.cloud.queues.setAttributes(queueArn, {
        KmsMasterKeyId: key === "key/lock" ? `arn:aws:kms:eu-west-1:000000000000:${key}` : key,
      });
      await world.create(ruleType, "orders", { name: "orders", ...orders });
      await world.create(targetType, "inbox", { rule: "orders", arn: queueArn });
      const denials: string[] = [];
      world.cloud.trace.listen((hop) => {
        if (hop.kind === "denied") denials.push(hop.reason);
      });
      world.cloud.events.put({ source: "orders", detailType: "placed", detail: { total: 10 } });
      expect(denials).to.have.lengthOf(1);
      expect(denials[0]).to.include(reason);
      expect(bodies()).to.deep.equal([]);
    });
  }

  it("sends to an encrypted queue by a key's policy that asks for no source", async () => {
    const { outputs } = await world.create("aws:kms/key:Key", "queue", {});
    const keyArn = String(outputs.arn);
    world.cloud.queues.setAttributes(queueArn, { KmsMasterKeyId: keyArn });
    await world.create(ruleType, "orders", { name: "orders", ...orders });
    await world.create(targetType, "inbox", { rule: "orders", arn: queueArn });
    const allow = (Condition?: object) =>
      world.cloud.keys.setPolicy(
        keyArn,
        JSON.stringify({
          Version: "2012-10-17",
          Statement: {
            ...{ Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Condition },
            ...{ Action: ["kms:GenerateDataKey", "kms:Decrypt"], Resource: "*" },
          },
        }),
      );
    const event = { source: "orders", detailType: "placed", detail: { total: 10 } };
    allow({ StringEquals: { "aws:SourceAccount": "000000000000" } });
    world.cloud.events.put(event);
    expect(bodies()).to.deep.equal([]);
    allow();
    world.cloud.events.put(event);
    expect(bodies()).to.have.lengthOf(1);
  });

  const caller = "arn:aws:iam::000000000000:root";

  const putEvents = (authorize: Authorize, Entries: readonly object[]) =>
    eventsService({ buses: world.cloud.events, authorize })({
      method: "POST",
      path: "/",
      query: new URLSearchParams(),
      headers: { "x-amz-target": "AWSEvents.PutEvents" },
      body: Buffer.from(JSON.stringify({ Entries })),
      principal: owner,
      service: "events",
      region: "eu-west-1",
      callerArn: caller,
    });
});
