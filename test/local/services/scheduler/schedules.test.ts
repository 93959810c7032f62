import { expect } from "chai";
import type { AccessRequest } from "../../../../local/protocol/access.ts";
import { AwsError } from "../../../../local/protocol/awsError.ts";
import {
  type DestinationServices,
  sendToDestination,
} from "../../../../local/services/lambda/asynchronous/destinations.ts";
import type { DestinationSender } from "../../../../local/services/lambda/interface.ts";
import type { Target } from "../../../../local/services/scheduler/deliver.ts";
import { type Schedule, Schedules } from "../../../../local/services/scheduler/schedules.ts";
import type { Execution } from "../../../../local/services/sfn/executions.ts";
import { ManualClock } from "../../../../local/time/manualClock.ts";
import { Trace } from "../../../../local/trace/trace.ts";
import { awsErrorOf } from "../../../harness/cloud/awsErrors.ts";

const functionArn = "arn:aws:lambda:eu-west-1:000000000000:function:archiver";
const roleArn = "arn:aws:iam::000000000000:role/scheduler";
const hour = 3_600_000;

const execution: Execution = {
  arn: "arn:aws:states:eu-west-1:000000000000:execution:billing:1",
  name: "1",
  stateMachineArn: "arn:aws:states:eu-west-1:000000000000:stateMachine:billing",
  input: "{}",
  started: 0,
  steps: [],
  result: { status: "RUNNING" },
};

describe("schedules", () => {
  let clock: ManualClock;
  let trace: Trace;
  let invoked: { arn: string; time: number; payload: unknown; from: string }[];
  let asked: AccessRequest[];
  let allowed: boolean;
  let schedules: Schedules;

  beforeEach(() => {
    clock = new ManualClock();
    trace = new Trace(clock);
    invoked = [];
    asked = [];
    allowed = true;
    const services: DestinationServices = {
      authorize(request) {
        asked.push(request);
        return allowed ? { allowed } : { allowed, reason: "no statement allows it" };
      },
      invokeAsync(arn, payload, { from }) {
        invoked.push({ arn, time: clock.now(), payload: JSON.parse(payload), from });
        return "r";
      },
      queues: {
        send(arn, { body, groupId, from }) {
          invoked.push({ arn, time: clock.now(), payload: [body, groupId], from });
          return { messageId: "m", md5OfBody: "" };
        },
      },
      topics: {
        publish(arn, { message, by, from }) {
          invoked.push({ arn, time: clock.now(), payload: [message, by], from });
          return { messageId: "p" };
        },
      },
    };
    const functions: DestinationSender = {
      sendToDestination: (arn, message) => sendToDestination(services, arn, message),
    };
    schedules = new Schedules({
      ...{ clock, trace, region: "eu-west-1", functions, authorize: services.authorize },
      stateMachines: {
        start(arn, input, from) {
          invoked.push({ arn, time: clock.now(), payload: JSON.parse(input), from });
          return execution;
        },
      },
      dataStreams: {
        put(arn, { partitionKey, data }, from) {
          invoked.push({ arn, time: clock.now(), payload: [partitionKey, String(data)], from });
          return { shardId: "0", sequenceNumber: "1", partitionKey, data, arrival: clock.now() };
        },
      },
      buses: {
        putOn(arn, { source, detailType, detail, from = "" }) {
          const bus = arn.split("/")[1] ?? "";
          if (bus === "gone") {
            throw new AwsError("ResourceNotFoundException", "Event bus gone does not exist.");
          }
          invoked.push({
            arn: bus,
            time: clock.now(),
            payload: [source, detailType, detail],
            from,
          });
          return "e";
        },
      },
    });
  });

  const create = (input?: string, changes: Partial<Schedule> = {}, target: Partial<Target> = {}) =>
    schedules.create("archive", {
      expression: "rate(1 hour)",
      enabled: true,
      target: { arn: functionArn, roleArn, input, ...target },
      ...changes,
    });

  it("are of a group, with which they are deleted", async () => {
    expect(awsErrorOf(() => create("{}", { group: "nightly" })).code).to.equal(
      "ResourceNotFoundException",
    );
    schedules.groups.create("nightly");
    const { arn } = create("{}", { group: "nightly" });
    const other = create("{}");
    expect(arn).to.equal("arn:aws:scheduler:eu-west-1:000000000000:schedule/nightly/archive");
    schedules.deleteGroup("nightly");
    expect(schedules.list().map((each) => each.arn)).to.deep.equal([other.arn]);
    await clock.advance(hour);
    expect(invoked).to.have.length(1);
  });

  it("have groups of different names", () => {
    schedules.groups.create("nightly");
    const twice = () => schedules.groups.create("nightly");
    expect(awsErrorOf(twice).code).to.equal("ConflictException");
    expect(awsErrorOf(() => schedules.groups.create("default")).code).to.equal("ConflictException");
  });

  it("run by hand, also when disabled, without moving the next call", async () => {
    const { arn } = create("{}");
    const due = schedules.nextCall(arn);
    schedules.run(arn);
    expect(invoked).to.have.length(1);
    expect(schedules.nextCall(arn))
      .to.equal(due)
      .and.to.equal(clock.now() + hour);
    schedules.delete("archive");
    expect(awsErrorOf(() => schedules.run(arn)).code).to.equal("ResourceNotFoundException");
    const disabled = create("{}", { enabled: false });
    expect(schedules.nextCall(disabled.arn)).to.equal(undefined);
    schedules.run(disabled.arn);
    expect(invoked).to.have.length(2);
  });

  it("invoke their function once a period, the first time after one", async () => {
    const start = clock.now();
    create("{}");
    await clock.advance(hour - 1);
    expect(invoked).to.deep.equal([]);
    await clock.advance(2 * hour + 1);
    expect(invoked.map(({ arn, time }) => [arn, (time - start) / hour])).to.deep.equal([
      [functionArn, 1],
      [functionArn, 2],
      [functionArn, 3],
    ]);
  });

  const times = () => invoked.map(({ time }) => new Date(time).toISOString().slice(0, 16));

  it("call at the times of a cron expression, in UTC", async () => {
    create("{}", { expression: "cron(30 9 ? * MON-FRI *)" });
    await clock.advance(5 * 24 * hour);
    expect(times()).to.deep.equal(["2026-01-01T09:30", "2026-01-02T09:30", "2026-01-05T09:30"]);
  });

  it("call once at a time, and never when it is past", async () => {
    create("{}", { expression: "at(2026-01-01T03:00:00)" });
    await clock.advance(24 * hour);
    expect(times()).to.deep.equal(["2026-01-01T03:00"]);
    schedules.delete("archive");
    create("{}", { expression: "at(2026-01-01T03:00:00)" });
    await clock.advance(24 * hour);
    expect(invoked).to.have.lengthOf(1);
  });

  it("call between their start and their end only", async () => {
    const start = clock.now();
    create("{}", { start: start + 2.5 * hour, end: start + 4.5 * hour });
    await clock.advance(10 * hour);
    expect(invoked.map(({ time }) => (time - start) / hour)).to.deep.equal(
      [3.5, 4.5].map((each) => each - 1 / hour),
    );
  });

  it("call nothing while they are disabled, and keep their name", async () => {
    create("{}", { enabled: false });
    await clock.advance(2 * hour);
    expect(invoked).to.deep.equal([]);
    expect(awsErrorOf(() => create()).code).to.equal("ConflictException");
  });

  it("send to queues and publish to topics as their role", async () => {
    const queue = "arn:aws:sqs:eu-west-1:000000000000:work.fifo";
    create("hello", {}, { arn: queue, groupId: "g" });
    await clock.advance(hour);
    expect(invoked[0]).to.deep.include({ arn: queue, payload: ["hello", "g"] });
    expect(asked[0]).to.include({ action: "sqs:SendMessage", resource: queue });
    schedules.delete("archive");
    const topic = "arn:aws:sns:eu-west-1:000000000000:news";
    create("hello", {}, { arn: topic });
    await clock.advance(hour);
    expect(invoked[1]).to.deep.include({
      arn: topic,
      payload: ["hello", { kind: "role", arn: roleArn }],
    });
    expect(awsErrorOf(() => create("x", {}, { arn: roleArn })).code).to.equal("ConflictException");
    schedules.delete("archive");
    expect(awsErrorOf(() => create("x", {}, { arn: roleArn })).code).to.equal("NotImplemented");
  });

  it("start executions, put records and put events as their role", async () => {
    const machine = "arn:aws:states:eu-west-1:000000000000:stateMachine:billing";
    const stream = "arn:aws:kinesis:eu-west-1:000000000000:stream/clicks";
    const bus = "arn:aws:events:eu-west-1:000000000000:event-bus/orders";
    const event = { source: "cron", detailType: "due" };
    const targets = [{ arn: machine }, { arn: stream, partitionKey: "k" }, { arn: bus, event }];
    for (const target of targets) {
      create('{"month":1}', {}, target);
      await clock.advance(hour);
      schedules.delete("archive");
    }
    expect(invoked.map(({ arn, payload }) => [arn, payload])).to.deep.equal([
      [machine, { month: 1 }],
      [stream, ["k", '{"month":1}']],
      ["orders", ["cron", "due", { month: 1 }]],
    ]);
    expect(asked.map(({ action, resource }) => [action, resource])).to.deep.equal([
      ["states:StartExecution", machine],
      ["kinesis:PutRecord", stream],
      ["events:PutEvents", bus],
    ]);
  });

  it("need the parameters of their kind of target", () => {
    const stream = "arn:aws:kinesis:eu-west-1:000000000000:stream/clicks";
    const bus = "arn:aws:events:eu-west-1:000000000000:event-bus/orders";
    expect(awsErrorOf(() => create("{}", {}, { arn: stream })).message).to.equal(
      `KinesisParameters are required for target ${stream}.`,
    );
    expect(awsErrorOf(() => create("{}", {}, { arn: bus })).message).to.equal(
      `EventBridgeParameters are required for target ${bus}.`,
    );
  });

  it("drop an event for a bus that is gone, with the reason", async () => {
    const bus = "arn:aws:events:eu-west-1:000000000000:event-bus/gone";
    create("{}", {}, { arn: bus, event: { source: "cron", detailType: "due" } });
    await clock.advance(hour);
    expect(invoked).to.deep.equal([]);
    expect(trace.recent().at(-1)).to.deep.include({
      kind: "dropped",
      to: bus,
      reason: "Event bus gone does not exist.",
    });
  });

  it("hand over their input", async () => {
    create('{"queue":"archiving"}');
    await clock.advance(hour);
    expect(invoked[0]?.payload).to.deep.equal({ queue: "archiving" });
  });

  it("without an input hand over the scheduler's event", async () => {
    const { arn } = create();
    await clock.advance(hour);
    expect(arn).to.equal("arn:aws:scheduler:eu-west-1:000000000000:schedule/default/archive");
    expect(invoked[0]?.from).to.equal(arn);
    expect(invoked[0]?.payload).to.deep.include({
      version: "0",
      "detail-type": "Scheduled Event",
      source: "aws.scheduler",
      account: "000000000000",
      time: "2026-01-01T01:00:00Z",
      region: "eu-west-1",
      resources: [arn],
      detail: "{}",
    });
  });

  it("invoke in the name of their role", async () => {
    create();
    await clock.advance(hour);
    expect(asked).to.deep.equal([
      {
        principal: { kind: "role", arn: roleArn },
        action: "lambda:InvokeFunction",
        resource: functionArn,
        context: { "aws:SecureTransport": "true" },
      },
    ]);
  });

  it("whose role may not invoke say so in the trace, and try again a period later", async () => {
    create();
    allowed = false;
    await clock.advance(hour);
    expect(invoked).to.deep.equal([]);
    expect(trace.recent().map(({ kind, to }) => [kind, to])).to.deep.equal([
      ["denied", functionArn],
    ]);
    allowed = true;
    await clock.advance(hour);
    expect(invoked).to.have.length(1);
  });

  describe("with SNS's Publish as their target", () => {
    const arn = "arn:aws:scheduler:::aws-sdk:sns:publish";
    const TopicArn = "arn:aws:sns:eu-west-1:000000000000:orders";

    it("publish what their input says", async () => {
      create(JSON.stringify({ TopicArn, Message: "due" }), {}, { arn });
      await clock.advance(hour);
      expect(invoked.map((call) => [call.arn, call.payload])).to.deep.equal([
        [TopicArn, ["due", { kind: "role", arn: roleArn }]],
      ]);
    });

    const wrong = "ValidationException: The input of a schedule's target must be the parameters of";
    const inputs: readonly (readonly [string | undefined, string])[] = [
      [undefined, `${wrong} SNS's Publish as JSON, TopicArn`],
      ["null", `${wrong} SNS's Publish as JSON: `],
      ["due", `${wrong} SNS's Publish as JSON: `],
      [JSON.stringify({ TopicArn, Message: 5 }), `${wrong} SNS's Publish as JSON, Message`],
      [
        JSON.stringify({ TopicArn, Message: "due", MessageAttributes: { kind: null } }),
        `${wrong} SNS's Publish as JSON, MessageAttributes.kind`,
      ],
      [JSON.stringify({ TopicArn, Message: "due", PhoneNumber: "+1" }), "NotImplemented: "],
    ];
    for (const [input, message] of inputs) {
      it(`refuse the input ${input}`, () => {
        const { code, message: reason } = awsErrorOf(() => create(input, {}, { arn }));
        expect(`${code}: ${reason}`.slice(0, message.length)).to.equal(message);
      });
    }
  });

  it("have names of their own", () => {
    create();
    expect(awsErrorOf(() => create()).code).to.equal("ConflictException");
  });

  it("end when they are closed", async () => {
    create();
    schedules.close();
    await clock.advance(2 * hour);
    expect(invoked).to.deep.equal([]);
  });
});
