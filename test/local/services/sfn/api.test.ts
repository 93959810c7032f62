import { expect } from "chai";
import { owner } from "../../../../local/protocol/access.ts";
import { sfn } from "../../../../local/services/sfn/api/sfn.ts";
import { StateMachines } from "../../../../local/services/sfn/stateMachines.ts";
import { Activity } from "../../../../local/time/activity.ts";
import { ManualClock } from "../../../../local/time/manualClock.ts";
import { Trace } from "../../../../local/trace/trace.ts";

describe("the API of Step Functions", () => {
  let machines: StateMachines;
  let stateMachineArn: string;

  beforeEach(async () => {
    const clock = new ManualClock();
    machines = new StateMachines({
      ...{ clock, activity: new Activity(), trace: new Trace(clock), region: "eu-west-1" },
      endpoint: () => "http://127.0.0.1:1",
      credentials: () => ({ accessKeyId: "key", secretAccessKey: "secret" }),
      authorize: () => ({ allowed: true }),
      functions: { invoke: () => Promise.reject(new Error("no function is invoked")) },
    });
    const States = {
      Choose: {
        Type: "Choice",
        Choices: [{ Variable: "$", BooleanEquals: true, Next: "Done" }],
        Default: "Failed",
      },
      Done: { Type: "Succeed" },
      Failed: { Type: "Fail", Error: "Shop.Closed" },
    };
    const definition = JSON.stringify({ StartAt: "Choose", States });
    const roleArn = "arn:aws:iam::000000000000:role/states";
    ({ arn: stateMachineArn } = machines.create({
      ...{ name: "m", type: "STANDARD", roleArn, definition },
    }));
    for (const [name, input] of Object.entries({ one: true, two: false, three: true })) {
      const { arn } = machines.start(stateMachineArn, JSON.stringify(input), "test", name);
      await machines.executions.finished(arn);
    }
  });

  async function call(operation: string, input: object) {
    const { body } = await sfn({ machines, authorize: () => ({ allowed: true }) })({
      method: "POST",
      path: "/",
      query: new URLSearchParams(),
      headers: { "x-amz-target": `AWSStepFunctions.${operation}` },
      body: Buffer.from(JSON.stringify(input)),
      service: "states",
      region: "eu-west-1",
      principal: owner,
      callerArn: "arn:aws:iam::000000000000:root",
    });
    return JSON.parse(String(body));
  }

  async function names(input: object) {
    const { executions, nextToken } = await call("ListExecutions", { stateMachineArn, ...input });
    return { names: executions.map(({ name }: { name: string }) => name), nextToken };
  }

  it("lists executions page by page, the latest first", async () => {
    const { names: first, nextToken } = await names({ maxResults: 2 });
    expect(first).to.deep.equal(["three", "two"]);
    const rest = await names({ maxResults: 2, nextToken });
    expect(rest).to.deep.equal({ names: ["one"], nextToken: undefined });
    const { __type } = await call("ListExecutions", { stateMachineArn, nextToken: "x" });
    expect(__type).to.match(/#InvalidToken$/);
  });

  it("lists the executions of one status", async () => {
    expect((await names({ statusFilter: "FAILED" })).names).to.deep.equal(["two"]);
    expect((await names({ statusFilter: "RUNNING" })).names).to.deep.equal([]);
  });

  it("returns a history page by page, and from its end", async () => {
    const [{ executionArn } = { executionArn: "" }] = (
      await call("ListExecutions", { stateMachineArn })
    ).executions;
    const ids = async (input: object) => {
      const { events } = await call("GetExecutionHistory", { executionArn, ...input });
      return events.map(({ id }: { id: number }) => id);
    };
    expect(await ids({})).to.deep.equal([1, 2, 3, 4, 5, 6]);
    expect(await ids({ maxResults: 2 })).to.deep.equal([1, 2]);
    expect(await ids({ maxResults: 1, reverseOrder: true })).to.deep.equal([6]);
  });
});
