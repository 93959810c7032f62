import { expect } from "chai";
import type { InvocationResult } from "../../../../local/services/lambda/interface.ts";
import { historyOf } from "../../../../local/services/sfn/api/history.ts";
import type { Execution } from "../../../../local/services/sfn/executions.ts";
import { StateMachines } from "../../../../local/services/sfn/stateMachines.ts";
import { Activity } from "../../../../local/time/activity.ts";
import { ManualClock } from "../../../../local/time/manualClock.ts";
import { Trace } from "../../../../local/trace/trace.ts";

const functionArn = "arn:aws:lambda:eu-west-1:000000000000:function:double";
const roleArn = "arn:aws:iam::000000000000:role/states";
const double = { Type: "Task", Resource: functionArn } as const;

describe("a state machine", () => {
  let clock: ManualClock;
  let machines: StateMachines;
  let payloads: unknown[];
  let allowed: boolean;
  let work: (input: unknown) => unknown;

  beforeEach(() => {
    const activity = new Activity();
    clock = new ManualClock(() => activity.idle());
    payloads = [];
    allowed = true;
    work = (input) => (typeof input === "number" ? 2 * input : input);
    machines = new StateMachines({
      clock,
      activity,
      trace: new Trace(clock),
      region: "eu-west-1",
      endpoint: () => "http://127.0.0.1:1",
      credentials: () => ({ accessKeyId: "key", secretAccessKey: "secret" }),
      authorize: () => (allowed ? { allowed } : { allowed, reason: "no statement allows it" }),
      functions: {
        invoke: async (_arn, event): Promise<InvocationResult> => {
          const base = { requestId: "i", log: "", milliseconds: 1 };
          const input: unknown = JSON.parse(event);
          payloads.push(input);
          try {
            const payload = JSON.stringify(work(input));
            return { outcome: "succeeded", payload, ...base };
          } catch (error) {
            const { name, message } = error instanceof Error ? error : new Error();
            const failure = { errorType: name, errorMessage: message };
            return { outcome: "failed", error: failure, ...base };
          }
        },
      },
    });
  });

  /** Starts a machine of these states, the first of which is where it begins. */
  function start(states: Record<string, object>, input: unknown): Execution {
    const [StartAt] = Object.keys(states);
    const definition = JSON.stringify({ StartAt, States: states });
    const { arn } = machines.create({ name: "m", type: "STANDARD", roleArn, definition });
    return machines.start(arn, JSON.stringify(input), "test");
  }

  async function run(states: Record<string, object>, input: unknown) {
    const { result } = await machines.executions.finished(start(states, input).arn);
    return "output" in result ? JSON.parse(result.output) : result;
  }

  it("hands the result of one task to the next", async () => {
    const states = { First: { ...double, Next: "Second" }, Second: { ...double, End: true } };
    expect(await run(states, 3)).to.equal(12);
    expect(payloads).to.deep.equal([3, 6]);
  });

  it("selects, fills and places data by its paths", async () => {
    const states = {
      Only: {
        ...double,
        InputPath: "$.order",
        Parameters: {
          "id.$": "$.id",
          "text.$": "States.Format('{} of {}', $.id, $$.StateMachine.Name)",
        },
        ResultSelector: { "seen.$": "$.text" },
        ResultPath: "$.result",
        OutputPath: "$.result",
        End: true,
      },
    };
    expect(await run(states, { order: { id: 7 } })).to.deep.equal({ seen: "7 of m" });
    expect(payloads).to.deep.equal([{ id: 7, text: "7 of m" }]);
  });

  for (const { rule, input, meets } of [
    { rule: { Variable: "$.n", NumericGreaterThan: 5 }, input: { n: 6 }, meets: true },
    { rule: { Variable: "$.n", NumericGreaterThan: 5 }, input: { n: "6" }, meets: false },
    { rule: { Variable: "$.s", StringMatches: "a*c" }, input: { s: "abc" }, meets: true },
    { rule: { Variable: "$.s", StringLessThanEquals: "b" }, input: { s: "c" }, meets: false },
    { rule: { Variable: "$.b", BooleanEquals: true }, input: { b: true }, meets: true },
    { rule: { Variable: "$.x", IsPresent: false }, input: {}, meets: true },
    { rule: { Not: { Variable: "$.x", IsNull: true } }, input: { x: null }, meets: false },
    {
      rule: {
        And: [
          { Variable: "$.a", IsString: true },
          { Variable: "$.a", StringEqualsPath: "$.b" },
        ],
      },
      input: { a: "1", b: "1" },
      meets: true,
    },
  ]) {
    it(`chooses by ${JSON.stringify(rule)} for ${JSON.stringify(input)}`, async () => {
      const states = {
        Choose: { Type: "Choice", Choices: [{ ...rule, Next: "Yes" }], Default: "No" },
        Yes: { Type: "Pass", Result: true, End: true },
        No: { Type: "Pass", Result: false, End: true },
      };
      expect(await run(states, input)).to.equal(meets);
    });
  }

  it("waits by the cloud's clock", async () => {
    const states = { Wait: { Type: "Wait", SecondsPath: "$.seconds", End: true } };
    const { arn } = start(states, { seconds: 60 });
    await clock.advance(59_999);
    expect(machines.executions.get(arn).result.status).to.equal("RUNNING");
    await clock.advance(1);
    await machines.executions.finished(arn);
    expect(machines.executions.get(arn).result).to.deep.include({
      status: "SUCCEEDED",
      output: '{"seconds":60}',
    });
  });

  it("retries a task with growing pauses, and then catches its error", async () => {
    work = () => {
      throw new TypeError("no desk");
    };
    const states = {
      Try: {
        ...double,
        Retry: [{ ErrorEquals: ["TypeError"], IntervalSeconds: 1, MaxAttempts: 2, BackoffRate: 3 }],
        Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: "$.failure", Next: "Caught" }],
        End: true,
      },
      Caught: { Type: "Pass", End: true },
    };
    const { arn } = start(states, { id: 1 });
    await clock.advance(999);
    expect(payloads).to.have.lengthOf(1);
    await clock.advance(1);
    expect(payloads).to.have.lengthOf(2);
    await clock.advance(3_000);
    expect(payloads).to.have.lengthOf(3);
    const { result } = await machines.executions.finished(arn);
    expect("output" in result && JSON.parse(result.output)).to.deep.equal({
      id: 1,
      failure: {
        Error: "TypeError",
        Cause: '{"errorType":"TypeError","errorMessage":"no desk"}',
      },
    });
  });

  it("fails with what nothing catches", async () => {
    const states = { Only: { Type: "Fail", Error: "Shop.Closed", Cause: "it is late" } };
    expect(await run(states, {})).to.deep.include({
      status: "FAILED",
      error: "Shop.Closed",
      cause: "it is late",
    });
  });

  it("runs branches side by side, and items in their order", async () => {
    const one = { StartAt: "D", States: { D: { ...double, End: true } } };
    const two = { StartAt: "P", States: { P: { Type: "Pass", Result: "two", End: true } } };
    const each = { StartAt: "D", States: { D: { ...double, End: true } } };
    const states = {
      Both: {
        Type: "Parallel",
        Branches: [one, two],
        ResultPath: "$.both",
        InputPath: "$.n",
        Next: "Each",
      },
      Each: {
        Type: "Map",
        ItemsPath: "$.items",
        ItemProcessor: each,
        MaxConcurrency: 2,
        ResultPath: "$.each",
        End: true,
      },
    };
    expect(await run(states, { n: 4, items: [1, 2, 3] })).to.deep.equal({
      n: 4,
      items: [1, 2, 3],
      both: [8, "two"],
      each: [2, 4, 6],
    });
  });

  for (const { what, failing } of [
    {
      what: "another branch",
      failing: (branches: object[]) => ({ Type: "Parallel", Branches: branches }),
    },
    {
      what: "another item",
      failing: ([, waiting]: object[]) => ({
        Type: "Map",
        ItemsPath: "$.items",
        ItemProcessor: waiting,
      }),
    },
  ]) {
    it(`stops a branch when ${what} fails`, async () => {
      const fail = { StartAt: "F", States: { F: { Type: "Fail", Error: "Shop.Closed" } } };
      const wait = {
        StartAt: "Is",
        States: {
          Is: {
            Type: "Choice",
            Choices: [{ Variable: "$", NumericEquals: 1, Next: "F" }],
            Default: "Wait",
          },
          F: { Type: "Fail", Error: "Shop.Closed" },
          Wait: { Type: "Wait", Seconds: 60, Next: "D" },
          D: { ...double, End: true },
        },
      };
      const Catch = [{ ErrorEquals: ["Shop.Closed"], ResultPath: "$.failure", Next: "Caught" }];
      const states = {
        Both: { ...failing([fail, wait]), Catch, End: true },
        Caught: { Type: "Wait", Seconds: 120, End: true },
      };
      const { arn } = start(states, { items: [0, 1, 2] });
      await clock.advance(119_999);
      expect(machines.executions.get(arn).result.status).to.equal("RUNNING");
      await clock.advance(1);
      const { steps, result } = await machines.executions.finished(arn);
      expect(result.status).to.equal("SUCCEEDED");
      expect(steps.map(({ name }) => name)).not.to.include("D");
      expect(payloads).to.deep.equal([]);
    });
  }

  it("catches what is no JSON", async () => {
    const Catch = [{ ErrorEquals: ["States.IntrinsicFailure"], ResultPath: "$.e", Next: "Caught" }];
    const states = {
      Only: {
        ...{ ...double, Catch, End: true },
        Parameters: { "value.$": "States.StringToJson($.text)" },
      },
      Caught: { Type: "Pass", Result: "caught", End: true },
    };
    expect(await run(states, { text: "{" })).to.equal("caught");
  });

  it("cannot wait for what is no time", async () => {
    const states = { Wait: { Type: "Wait", TimestampPath: "$.at", End: true } };
    expect(await run(states, { at: "soon" })).to.include({
      status: "FAILED",
      error: "States.Runtime",
      cause: 'A Wait state cannot wait for "soon"',
    });
  });

  it("fails when its role may not invoke the function", async () => {
    allowed = false;
    expect(await run({ Only: { ...double, End: true } }, 1)).to.deep.include({
      status: "FAILED",
      error: "Lambda.AWSLambdaException",
      cause: "no statement allows it",
    });
    expect(payloads).to.deep.equal([]);
  });

  it("keeps its history in AWS's form", async () => {
    const { arn } = start({ Only: { ...double, End: true } }, 1);
    await machines.executions.finished(arn);
    const time = clock.now() / 1000;
    const event = (id: number, type: string, details: object) => ({
      ...{ id, previousEventId: id - 1, timestamp: time, type },
      ...details,
    });
    expect(historyOf(machines.executions.get(arn))).to.deep.equal([
      event(1, "ExecutionStarted", { executionStartedEventDetails: { input: "1" } }),
      event(2, "TaskStateEntered", { stateEnteredEventDetails: { name: "Only", input: "1" } }),
      event(3, "TaskStateExited", { stateExitedEventDetails: { name: "Only", output: "2" } }),
      event(4, "ExecutionSucceeded", { executionSucceededEventDetails: { output: "2" } }),
    ]);
  });

  it("is stopped", async () => {
    const { arn } = start({ Wait: { Type: "Wait", Seconds: 60, End: true } }, {});
    await clock.advance(0);
    machines.executions.stop(arn, "Shop.Closed", "it is late");
    const { result } = await machines.executions.finished(arn);
    expect(result).to.include({ status: "ABORTED", error: "Shop.Closed", cause: "it is late" });
  });

  it("stays as it ended when it is stopped afterwards", async () => {
    const { arn } = start({ Only: { ...double, End: true } }, 1);
    const ended = await machines.executions.finished(arn);
    machines.executions.stop(arn, "Shop.Closed", "it is late");
    expect(machines.executions.get(arn)).to.deep.equal(ended);
    expect(ended.result).to.include({ status: "SUCCEEDED", output: "2" });
  });

  it("begins no other attempt of a task when it is stopped in the pause before", async () => {
    work = () => {
      throw new TypeError("no desk");
    };
    const Retry = [{ ErrorEquals: ["TypeError"], IntervalSeconds: 60 }];
    const { arn } = start({ Only: { ...double, Retry, End: true } }, 1);
    await clock.advance(0);
    machines.executions.stop(arn, "", "");
    await machines.executions.finished(arn);
    await clock.advance(60_000);
    expect(payloads).to.deep.equal([1]);
  });

  it("times out as a whole, whatever its states wait for", async () => {
    const definition = JSON.stringify({
      StartAt: "Wait",
      TimeoutSeconds: 30,
      States: { Wait: { Type: "Wait", Seconds: 60, Next: "Then" }, Then: { ...double, End: true } },
    });
    const machine = machines.create({ name: "m", type: "STANDARD", roleArn, definition });
    const { arn } = machines.start(machine.arn, "1", "test");
    await clock.advance(29_999);
    expect(machines.executions.get(arn).result.status).to.equal("RUNNING");
    await clock.advance(1);
    const { result, steps } = await machines.executions.finished(arn);
    const known = [...steps];
    expect(result).to.include({ status: "TIMED_OUT", error: "States.Timeout" });
    expect(historyOf(machines.executions.get(arn)).at(-1)).to.include({
      type: "ExecutionTimedOut",
    });
    await clock.advance(60_000);
    expect(machines.executions.get(arn).steps).to.deep.equal(known);
    expect(payloads).to.deep.equal([]);
  });

  it("finds at a path only what stands in the data", async () => {
    const absent = (Variable: string) => ({ Variable, IsPresent: false });
    const And = [absent("$.constructor"), absent("$.items.length"), absent("$.__proto__")];
    const states = {
      Choose: { Type: "Choice", Choices: [{ And, Next: "Yes" }], Default: "No" },
      Yes: { Type: "Pass", Result: true, End: true },
      No: { Type: "Pass", Result: false, End: true },
    };
    expect(await run(states, { items: [1] })).to.equal(true);
  });
});
