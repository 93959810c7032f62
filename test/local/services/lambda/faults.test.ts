import { expect } from "chai";
import type { EndedInvocation } from "../../../../local/services/lambda/interface.ts";
import { functionOf, startLambda } from "../../../harness/cloud/lambda.ts";

/** Returns how often it has run. */
const counter = functionOf("let runs = 0; export const handler = async () => ++runs;", {
  timeoutSeconds: 30,
});

describe("faults of invocations", () => {
  let lambda: ReturnType<typeof startLambda>;
  let functionArn: string;
  beforeEach(() => {
    lambda = startLambda();
    functionArn = lambda.functions.create(counter).arn;
  });
  afterEach(() => lambda.functions.close());

  const error = {
    kind: "error",
    errorType: "Injected",
    errorMessage: "no",
    preventExecution: true,
  } as const;
  const invoke = () => lambda.functions.invoke(functionArn, "{}");

  it("fail as many invocations as they are for, without running the handler", async () => {
    lambda.functions.faults.add({ functionArn, ...error }, 2);
    const first = await invoke();
    const second = await invoke();
    for (const result of [first, second]) {
      expect(result).to.deep.include({
        outcome: "failed",
        error: { errorType: "Injected", errorMessage: "no" },
        log: `${result.requestId} ERROR Injected: no (injected fault)\n`,
      });
    }
    expect(await invoke()).to.include({ outcome: "succeeded", payload: "1" });
  });

  it("fail an invocation after the handler has done its work, where they do not prevent its execution", async () => {
    const fault = { functionArn, ...error, preventExecution: false };
    lambda.functions.faults.add(fault, 1);
    expect(await invoke()).to.deep.include({
      outcome: "failed",
      error: { errorType: "Injected", errorMessage: "no" },
    });
    expect(await invoke()).to.include({ outcome: "succeeded", payload: "2" });
  });

  it("delay an invocation on the cloud's clock, while nothing counts as being under way", async () => {
    lambda.functions.faults.add({ functionArn, kind: "delay", seconds: 10 }, 1);
    const ended: EndedInvocation[] = [];
    lambda.functions.listen((each) => ended.push(each));
    const result = invoke();
    await lambda.clock.advance(9_999);
    expect(ended).to.deep.equal([]);
    expect(lambda.functions.running(functionArn)).to.equal(1);
    await lambda.clock.advance(1);
    expect(await result).to.include({ outcome: "succeeded", payload: "1" });
    expect(ended).to.have.lengthOf(1);
    expect(ended[0]).to.have.property("milliseconds").at.least(10_000);
  });

  it("let a delay that is longer than the timeout end in AWS's timeout", async () => {
    lambda.functions.faults.add({ functionArn, kind: "delay", seconds: 31 });
    const starts: string[] = [];
    const result = lambda.functions.invoke(functionArn, "{}", {
      requestId: "one",
      onStart: (requestId) => starts.push(requestId),
    });
    await lambda.clock.advance(30_000);
    expect(await result).to.deep.include({
      outcome: "failed",
      milliseconds: 30_000,
      error: {
        errorType: "Sandbox.Timedout",
        errorMessage: "RequestId: one Error: Task timed out after 30.00 seconds",
      },
    });
    expect(starts).to.deep.equal(["one"]);
  });

  it("throttle an invocation", async () => {
    lambda.functions.faults.add({ functionArn, kind: "throttle" }, 1);
    expect(await invoke()).to.include({ outcome: "throttled" });
    expect(await invoke()).to.include({ outcome: "succeeded", payload: "1" });
  });

  it("hold asynchronous events of a paused function until it goes on", async () => {
    const { id } = lambda.functions.faults.add({ functionArn, kind: "pause" });
    const ended: EndedInvocation[] = [];
    lambda.functions.listen((each) => ended.push(each));
    lambda.functions.invokeAsync(functionArn, "{}", { from: functionArn });
    await lambda.clock.advance(3_600_000);
    expect(ended).to.deep.equal([]);
    lambda.functions.faults.remove(id);
    await lambda.clock.advance(0);
    expect(ended.map(({ outcome }) => outcome)).to.deep.equal(["succeeded"]);
  });

  it("leave other functions alone", async () => {
    const other = lambda.functions.create({ ...counter, name: "other" });
    lambda.functions.faults.add({ functionArn, ...error });
    expect(await lambda.functions.invoke(other.arn, "{}")).to.include({ outcome: "succeeded" });
  });
});
