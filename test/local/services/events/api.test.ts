import { expect } from "chai";
import { Cloud } from "../../../../local/cloud.ts";
import { owner } from "../../../../local/protocol/access.ts";
import { eventsService } from "../../../../local/services/events/api/events.ts";
import { ManualClock } from "../../../../local/time/manualClock.ts";

const region = "eu-west-1";
const arnOf = (resource: string) => `arn:aws:events:${region}:000000000000:${resource}`;
const EventPattern = JSON.stringify({ source: ["orders"] });

describe("EventBridge's API", () => {
  let cloud: Cloud;
  let queueArn: string;
  let denied: string | undefined;
  beforeEach(() => {
    denied = undefined;
    cloud = new Cloud({
      region,
      clock: (activity) => new ManualClock(() => activity.idle()),
      endpoint: () => "http://127.0.0.1:4566",
    });
    const Statement = {
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: "*",
      Condition: { ArnLike: { "aws:SourceArn": arnOf("rule/*") } },
    };
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
    queueArn = cloud.queues.create("inbox", { Policy }).arn;
  });
  afterEach(() => cloud.close());

  async function call(operation: string, input: object = {}) {
    const serve = eventsService({
      buses: cloud.events,
      authorize: ({ action }) =>
        action === denied ? { allowed: false, reason: "No." } : { allowed: true },
    });
    const { body } = await serve({
      method: "POST",
      path: "/",
      query: new URLSearchParams(),
      headers: { "x-amz-target": `AWSEvents.${operation}` },
      body: Buffer.from(JSON.stringify(input)),
      principal: owner,
      service: "events",
      region,
      callerArn: "arn:aws:iam::000000000000:root",
    });
    return JSON.parse(String(body));
  }

  const error = async (operation: string, input: object = {}) => {
    const { __type, message } = await call(operation, input);
    return [__type?.split("#")[1], message];
  };

  const details = () => cloud.queues.peek(queueArn, 10).map(({ body }) => JSON.parse(body).detail);

  const putOrder = (number: number) => {
    const Detail = JSON.stringify({ number });
    return call("PutEvents", { Entries: [{ Source: "orders", DetailType: "placed", Detail }] });
  };

  it("sends events by rules and targets that clients make, until they end them", async () => {
    expect(await call("PutRule", { Name: "orders", EventPattern })).to.deep.equal({
      RuleArn: arnOf("rule/orders"),
    });
    const target = { Id: "inbox", Arn: queueArn };
    expect(await call("PutTargets", { Rule: "orders", Targets: [target] })).to.deep.equal({
      FailedEntryCount: 0,
      FailedEntries: [],
    });
    await putOrder(1);
    await call("DisableRule", { Name: "orders" });
    await putOrder(2);
    await call("EnableRule", { Name: "orders" });
    await putOrder(3);
    expect(await error("DeleteRule", { Name: "orders" })).to.deep.equal([
      "ValidationException",
      "Rule can't be deleted since it has targets.",
    ]);
    await call("RemoveTargets", { Rule: "orders", Ids: ["inbox"] });
    await putOrder(4);
    await call("DeleteRule", { Name: "orders" });
    expect(details()).to.deep.equal([{ number: 1 }, { number: 3 }]);
    expect(await call("ListRules")).to.deep.equal({ Rules: [] });
  });

  it("describes and lists rules, their targets, and the rules of a target", async () => {
    for (const Name of ["b", "a", "c"]) {
      await call("PutRule", { Name, EventPattern, Description: "of orders" });
      await call("PutTargets", { Rule: Name, Targets: [{ Id: "inbox", Arn: queueArn }] });
    }
    const described = {
      Name: "a",
      Arn: arnOf("rule/a"),
      EventBusName: "default",
      EventPattern,
      State: "ENABLED",
      Description: "of orders",
    };
    expect(await call("DescribeRule", { Name: "a" })).to.deep.equal({
      ...described,
      CreatedBy: "000000000000",
    });
    const { Rules, NextToken } = await call("ListRules", { Limit: 1 });
    expect(Rules).to.deep.equal([described]);
    const next = await call("ListRules", { Limit: 5, NextToken });
    expect(next.Rules.map((rule: { Name: string }) => rule.Name)).to.deep.equal(["b", "c"]);
    expect(await call("ListRuleNamesByTarget", { TargetArn: queueArn })).to.deep.equal({
      RuleNames: ["a", "b", "c"],
    });
    expect(await call("ListTargetsByRule", { Rule: "a" })).to.deep.equal({
      Targets: [{ Id: "inbox", Arn: queueArn }],
    });
  });

  it("makes, describes, lists and deletes buses", async () => {
    const EventBusArn = arnOf("event-bus/shop");
    const described = { Name: "shop", Description: "of the shop" };
    expect(await call("CreateEventBus", described)).to.deep.equal({
      EventBusArn,
      Description: "of the shop",
    });
    const bus = await call("DescribeEventBus", { Name: EventBusArn });
    expect(bus).to.deep.include({ ...described, Arn: EventBusArn });
    expect(await call("ListEventBuses", { NamePrefix: "s" })).to.deep.equal({ EventBuses: [bus] });
    await call("PutRule", { Name: "orders", EventPattern, EventBusName: "shop" });
    expect((await error("DeleteEventBus", { Name: "shop" }))[0]).to.equal("ValidationException");
    await call("DeleteRule", { Name: "orders", EventBusName: "shop" });
    await call("DeleteEventBus", { Name: "shop" });
    expect(await error("DescribeEventBus", { Name: "shop" })).to.deep.equal([
      "ResourceNotFoundException",
      "Event bus shop does not exist.",
    ]);
  });

  it("takes an event's time, and accepts one for a bus that does not exist", async () => {
    await call("PutRule", { Name: "orders", EventPattern });
    await call("PutTargets", { Rule: "orders", Targets: [{ Id: "inbox", Arn: queueArn }] });
    const entry = { Source: "orders", DetailType: "placed", Detail: "{}", Time: 1_640_995_200 };
    const Entries = [entry, { ...entry, EventBusName: "none" }];
    expect((await call("PutEvents", { Entries })).FailedEntryCount).to.equal(0);
    const times = cloud.queues.peek(queueArn, 10).map(({ body }) => JSON.parse(body).time);
    expect(times).to.deep.equal(["2022-01-01T00:00:00Z"]);
  });

  it("refuses entries in AWS's words", async () => {
    const entry = { Source: "orders", DetailType: "placed", Detail: "{}" };
    const Entries = [
      { ...entry, Source: "" },
      { ...entry, Detail: '"text"' },
    ];
    expect((await call("PutEvents", { Entries })).Entries).to.deep.equal([
      {
        ErrorCode: "InvalidArgument",
        ErrorMessage: "Parameter Source is not valid. Reason: Source is a required argument.",
      },
      { ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." },
    ]);
    const large = { Entries: [{ ...entry, Detail: JSON.stringify("x".repeat(2 ** 18)) }] };
    expect(await error("PutEvents", large)).to.deep.equal([
      "ValidationException",
      "Total size of the entries in the request is over the limit.",
    ]);
  });

  it("tests patterns", async () => {
    const given = {
      id: "1",
      account: "000000000000",
      source: "orders",
      time: "2026-11-29T10:00:00Z",
      region,
      "detail-type": "placed",
    };
    const test = (source: string) =>
      call("TestEventPattern", { EventPattern, Event: JSON.stringify({ ...given, source }) });
    expect(await test("orders")).to.deep.equal({ Result: true });
    expect(await test("bills")).to.deep.equal({ Result: false });
    expect(await error("TestEventPattern", { EventPattern, Event: "{}" })).to.deep.equal([
      "ValidationException",
      "Parameter Event is not valid.",
    ]);
  });

  const refused: [string, string, object, string][] = [
    ["a rule without a pattern", "PutRule", { Name: "r" }, "EventPattern or ScheduleExpression"],
    ["an invalid pattern", "PutRule", { Name: "r", EventPattern: "{}" }, "Empty objects"],
    ["an invalid schedule", "PutRule", { Name: "r", ScheduleExpression: "daily" }, "not valid"],
    ["a rule that does not exist", "DescribeRule", { Name: "r" }, "does not exist on EventBus"],
    ["a bus that exists", "CreateEventBus", { Name: "default" }, "already exists"],
    ["the end of the default bus", "DeleteEventBus", { Name: "default" }, "Cannot delete"],
  ];
  for (const [what, operation, input, message] of refused) {
    it(`refuses ${what}`, async () => {
      expect((await error(operation, input))[1]).to.include(message);
    });
  }

  it("refuses targets that are too many, are invalid, or exist on AWS only", async () => {
    await call("PutRule", { Name: "orders", EventPattern });
    const put = (...Targets: object[]) => error("PutTargets", { Rule: "orders", Targets });
    const six = ["a", "b", "c", "d", "e", "f"].map((Id) => ({ Id, Arn: queueArn }));
    expect((await put(...six))[0]).to.equal("LimitExceededException");
    expect((await put({ Id: "!", Arn: queueArn }))[1]).to.include("[\\.\\-_A-Za-z0-9]+");
    const container = { Id: "a", Arn: queueArn, EcsParameters: {} };
    expect((await put(container))[0]).to.equal("NotImplemented");
    const machine = { Id: "a", Arn: "arn:aws:states:eu-west-1:000000000000:stateMachine:m" };
    expect(await put(machine)).to.deep.equal([
      "ValidationException",
      `RoleArn is required for target ${machine.Arn}.`,
    ]);
    expect(await call("ListTargetsByRule", { Rule: "orders" })).to.deep.equal({ Targets: [] });
  });

  it("needs a permission for each operation", async () => {
    denied = "events:PutRule";
    expect((await error("PutRule", { Name: "orders", EventPattern }))[0]).to.equal(
      "AccessDeniedException",
    );
    expect(cloud.events.rules()).to.deep.equal([]);
  });
});
