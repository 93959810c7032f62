import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { FanoutTopic, type FanoutTopicArgs, type Source } from "../../components/index.ts";
import { thrownBy } from "../harness/assertions/failure.ts";
import { json, resource } from "../harness/programs/graph.ts";
import { runProgram } from "../harness/programs/program.ts";

const scheduleType = "aws:scheduler/schedule:Schedule";
const consumers = [{ name: "report" }];

function ticks(source: Source, args: Partial<FanoutTopicArgs> = {}) {
  return runProgram(() => new FanoutTopic("ticks", { sources: [source], consumers, ...args }));
}

async function problem(source: object, args: object = {}): Promise<unknown> {
  const given: object = { sources: [source], consumers, ...args };
  const { outputs } = await runProgram(() =>
    thrownBy(() => new FanoutTopic("ticks", given as FanoutTopicArgs)),
  );
  return outputs;
}

describe("a schedule as a source", () => {
  it("publishes its payload by a role that may do nothing else", async () => {
    const run = await ticks({
      name: "nightly",
      schedule: "cron(0 3 * * ? *)",
      timezone: "Europe/Berlin",
      payload: { report: "daily" },
    });
    const { inputs } = resource(run, scheduleType, "ticks-nightly");
    expect(inputs).to.deep.equal({
      description: "publishes to the topic ticks",
      scheduleExpression: "cron(0 3 * * ? *)",
      scheduleExpressionTimezone: "Europe/Berlin",
      flexibleTimeWindow: { mode: "OFF" },
      target: {
        arn: "arn:aws:sns:eu-west-1:123456789012:ticks-1a2b3c4",
        roleArn: "arn:aws:iam::123456789012:role/ticks-nightly-1a2b3c4",
        input: '{"report":"daily"}',
        deadLetterConfig: {
          arn: "arn:aws:sqs:eu-west-1:123456789012:ticks-1a2b3c4-nightly-unpublished",
        },
      },
    });
    // The role's own policy allows it: the queue's lets no service in.
    const queue = resource(run, "aws:sqs/queue:Queue", "ticks-nightly-unpublished");
    expect(json(queue, "policy"))
      .to.have.property("Statement")
      .that.deep.equals([
        {
          Sid: "DenyInsecureTransport",
          Effect: "Deny",
          Principal: "*",
          Action: "sqs:*",
          Resource: "arn:aws:sqs:eu-west-1:123456789012:ticks-1a2b3c4-nightly-unpublished",
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ]);
    const policy = json(resource(run, "aws:iam/rolePolicy:RolePolicy", "ticks-nightly"), "policy");
    expect(policy)
      .to.have.property("Statement")
      .that.deep.equals([
        {
          Sid: "Publish",
          Effect: "Allow",
          Action: "sns:Publish",
          Resource: "arn:aws:sns:eu-west-1:123456789012:ticks-1a2b3c4",
        },
        {
          Sid: "SendUnpublished",
          Effect: "Allow",
          Action: "sqs:SendMessage",
          Resource: "arn:aws:sqs:eu-west-1:123456789012:ticks-1a2b3c4-nightly-unpublished",
        },
      ]);
  });

  it("names the group of its messages on a FIFO topic, and attributes", async () => {
    const run = await ticks(
      {
        schedule: "rate(1 hour)",
        payload: pulumi.output("tick"),
        attributes: { kind: "tick" },
        messageGroupId: "clock",
      },
      { fifo: true },
    );
    const { inputs } = resource(run, scheduleType, "ticks-schedule");
    expect(inputs).to.have.nested.property("target.arn", "arn:aws:scheduler:::aws-sdk:sns:publish");
    expect(JSON.parse(String((inputs.target as { input: string }).input))).to.deep.equal({
      TopicArn: "arn:aws:sns:eu-west-1:123456789012:ticks-1a2b3c4.fifo",
      Message: "tick",
      MessageAttributes: { kind: { DataType: "String", StringValue: "tick" } },
      MessageGroupId: "clock",
      MessageDeduplicationId: "<aws.scheduler.execution-id>",
    });
  });

  for (const [what, source, text] of [
    [
      "a wrong expression",
      { schedule: "every hour", payload: "x" },
      'schedule must be like rate(5 minutes), cron(0 12 * * ? *) or at(2026-11-29T10:00:00) (given "every hour")',
    ],
    [
      "every day of the month and of the week",
      { schedule: "cron(0 12 * * * *)", payload: "x" },
      'schedule must be like rate(5 minutes), cron(0 12 * * ? *) or at(2026-11-29T10:00:00) (given "cron(0 12 * * * *)")',
    ],
    [
      "a time zone that is none",
      { schedule: "cron(0 3 * * ? *)", timezone: "Berlin", payload: "x" },
      'timezone must be one of the IANA database, such as "Europe/Berlin" (given "Berlin")',
    ],
    ["no payload", { schedule: "rate(1 hour)" }, "payload is missing"],
    [
      "an empty payload",
      { schedule: "rate(1 hour)", payload: "" },
      "payload has 0 bytes; the topic accepts 1 to 262,144",
    ],
    [
      "a group on a standard topic",
      { schedule: "rate(1 hour)", payload: "x", messageGroupId: "g" },
      "messageGroupId is for FIFO topics; remove it",
    ],
  ] as const) {
    it(`is rejected with ${what}`, async () => {
      expect(await problem(source)).to.have.property(
        "message",
        `FanoutTopic "ticks": 1 problem\n  - source 1: ${text}`,
      );
    });
  }

  it("requires a message group on a FIFO topic", async () => {
    expect(
      await problem({ schedule: "rate(1 hour)", payload: "x" }, { fifo: true }),
    ).to.have.property(
      "message",
      'FanoutTopic "ticks": 1 problem\n  - source 1: a FIFO topic requires messageGroupId',
    );
  });
});
