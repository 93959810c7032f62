import { expect } from "chai";
import { Cloud } from "../../../../local/cloud.ts";
import { ManualClock } from "../../../../local/time/manualClock.ts";
import { failureOf } from "../../../harness/assertions/failure.ts";
import { type ProviderWorld, providerWorld } from "../../../harness/provider/awsProvider.ts";
import { policyFor, queueArn, trust } from "../../../harness/provider/resourceCases.ts";

const roleArn = "arn:aws:iam::000000000000:role/events";
const machineArn = "arn:aws:states:eu-west-1:000000000000:stateMachine:billing";
const streamArn = "arn:aws:kinesis:eu-west-1:000000000000:stream/clicks";
const busArn = (name: string) => `arn:aws:events:eu-west-1:000000000000:event-bus/${name}`;
const ruleType = "aws:cloudwatch/eventRule:EventRule";
const targetType = "aws:cloudwatch/eventTarget:EventTarget";
const placed = { source: "orders", detailType: "placed", detail: { id: 7, customer: "ann" } };

describe("EventBridge calls as the target's role", () => {
  let world: ProviderWorld;
  beforeEach(async () => {
    world = providerWorld(
      new Cloud({
        region: "eu-west-1",
        clock: (activity) => new ManualClock(() => activity.idle()),
        endpoint: () => "http://127.0.0.1:4566",
      }),
    );
    await world.create("aws:iam/role:Role", "events", {
      name: "events",
      assumeRolePolicy: trust("events.amazonaws.com", "states.amazonaws.com"),
    });
    await world.create(ruleType, "orders", {
      name: "orders",
      eventPattern: { source: ["orders"] },
    });
  });
  afterEach(() => world.cloud.close());

  const allow = (action: string, resource: string) =>
    world.create("aws:iam/rolePolicy:RolePolicy", "calls", {
      role: "events",
      policy: policyFor(action, resource),
    });
  const target = (inputs: object, name = "it") =>
    world.create(targetType, name, { rule: "orders", ...inputs });
  const traced = () => world.cloud.trace.recent().map(({ kind, to }) => [kind, to]);

  async function stateMachine() {
    await world.create("aws:sfn/stateMachine:StateMachine", "billing", {
      name: "billing",
      roleArn,
      definition: JSON.stringify({ StartAt: "Done", States: { Done: { Type: "Succeed" } } }),
    });
  }

  it("a state machine, with the part of the event that the target asks for", async () => {
    await stateMachine();
    await allow("states:StartExecution", machineArn);
    await target({ arn: machineArn, roleArn, inputPath: "$.detail" });
    world.cloud.events.put(placed);
    const started = world.cloud.stateMachines.executions.of(machineArn);
    expect(started.map(({ input }) => JSON.parse(input))).to.deep.equal([placed.detail]);
  });

  it("a data stream, by the event's id or the key at a path", async () => {
    await world.create("aws:kinesis/stream:Stream", "clicks", { name: "clicks", shardCount: 1 });
    await allow("kinesis:PutRecord", streamArn);
    await target({ arn: streamArn, roleArn }, "plain");
    const kinesisTarget = { partitionKeyPath: "$.detail.customer" };
    await target({ arn: streamArn, roleArn, input: "{}", kinesisTarget }, "keyed");
    const id = world.cloud.events.put(placed);
    const [{ id: shard = "" } = {}] = world.cloud.dataStreams.get(streamArn).shards;
    const records = world.cloud.dataStreams.read(streamArn, shard, "", 10);
    expect(records.map(({ partitionKey }) => partitionKey)).to.deep.equal([id, "ann"]);
    expect(JSON.parse(String(records[0]?.data))).to.deep.include({ id, detail: placed.detail });
    expect(String(records[1]?.data)).to.equal("{}");
  });

  it("nothing that the role may not call, and says so", async () => {
    await stateMachine();
    await target({ arn: machineArn, roleArn });
    world.cloud.events.put(placed);
    expect(world.cloud.stateMachines.executions.of(machineArn)).to.deep.equal([]);
    expect(traced()).to.deep.equal([["denied", machineArn]]);
  });

  it("nothing as a role that does not trust EventBridge", async () => {
    await stateMachine();
    await allow("states:StartExecution", machineArn);
    await world.create("aws:iam/role:Role", "other", {
      name: "other",
      assumeRolePolicy: trust("lambda.amazonaws.com"),
    });
    await target({ arn: machineArn, roleArn: "arn:aws:iam::000000000000:role/other" });
    world.cloud.events.put(placed);
    expect(traced()).to.deep.equal([["denied", machineArn]]);
  });

  it("no target without the role that it needs", async () => {
    await stateMachine();
    expect((await failureOf(target({ arn: machineArn }))).message).to.include(
      `RoleArn is required for target ${machineArn}.`,
    );
  });

  describe("and sends to another bus", () => {
    beforeEach(async () => {
      await world.create("aws:sqs/queue:Queue", "inbox", { name: "inbox" });
      await world.create("aws:sqs/queuePolicy:QueuePolicy", "inbox", {
        queueUrl: world.cloud.queues.get(queueArn).url,
        policy: policyFor("sqs:SendMessage", queueArn, { Service: "events.amazonaws.com" }),
      });
      for (const name of ["second", "third"]) {
        await world.create("aws:cloudwatch/eventBus:EventBus", name, { name });
        await world.create(ruleType, name, {
          ...{ name, eventBusName: name },
          eventPattern: { source: ["orders"] },
        });
        await world.create(targetType, name, { rule: name, eventBusName: name, arn: queueArn });
      }
    });

    const bodies = () => world.cloud.queues.peek(queueArn, 10).map(({ body }) => JSON.parse(body));

    it("the event as it is", async () => {
      await target({ arn: busArn("second") });
      const id = world.cloud.events.put(placed);
      expect(bodies()).to.have.length(1);
      expect(bodies()[0]).to.deep.include({ id, "detail-type": "placed", detail: placed.detail });
    });

    it("no event on to a third bus", async () => {
      await target({ arn: busArn("second") });
      const on = { rule: "second", eventBusName: "second", arn: busArn("third") };
      await world.create(targetType, "on", on);
      world.cloud.events.put(placed);
      expect(bodies()).to.have.length(1);
      expect(traced().at(-1)).to.deep.equal(["dropped", busArn("third")]);
    });

    it("nothing to a bus that does not exist, and says so", async () => {
      await target({ arn: busArn("gone") });
      world.cloud.events.put(placed);
      expect(bodies()).to.deep.equal([]);
      expect(traced()).to.deep.equal([["dropped", busArn("gone")]]);
    });
  });
});
