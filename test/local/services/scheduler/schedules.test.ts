import { expect } from "chai";
import type { AccessRequest } from "../../../../local/protocol/access.ts";
import { Schedules } from "../../../../local/services/scheduler/schedules.ts";
import { ManualClock } from "../../../../local/time/manualClock.ts";
import { Trace } from "../../../../local/trace/trace.ts";
import { awsErrorOf } from "../../../harness/cloud/awsErrors.ts";

const functionArn = "arn:aws:lambda:eu-west-1:000000000000:function:archiver";
const roleArn = "arn:aws:iam::000000000000:role/scheduler";
const hour = 3_600_000;

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
    schedules = new Schedules({
      clock,
      trace,
      region: "eu-west-1",
      authorize(request) {
        asked.push(request);
        return allowed ? { allowed } : { allowed, reason: "no statement allows it" };
      },
      functions: {
        invokeAsync(arn, payload, { from }) {
          invoked.push({ arn, time: clock.now(), payload: JSON.parse(payload), from });
        },
      },
    });
  });

  const create = (input?: string) =>
    schedules.create("archive", { every: hour, functionArn, roleArn, input });

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
        context: {},
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
