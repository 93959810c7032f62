import { expect } from "chai";
import { AsynchronousInvocations } from "../../../../../local/services/lambda/asynchronous/asynchronousInvocations.ts";
import { InvocationFaults } from "../../../../../local/services/lambda/faults/invocationFaults.ts";
import type { InvocationResult } from "../../../../../local/services/lambda/interface.ts";
import { openStore } from "../../../../../local/storage/store.ts";
import { ManualClock } from "../../../../../local/time/manualClock.ts";
import { Trace } from "../../../../../local/trace/trace.ts";
import { allowEverything, roleArn } from "../../../../harness/cloud/lambda.ts";

const functionArn = "arn:aws:lambda:eu-west-1:000000000000:function:worker";

describe("the pauses of a throttled event", () => {
  it("begin anew at one second after the function has run on it", async () => {
    const outcomes = ["throttled", "throttled", "failed", "throttled", "succeeded"] as const;
    const times: number[] = [];
    const clock = new ManualClock(undefined, 0);
    const unused = () => {
      throw new Error("nothing is sent in this test");
    };
    const invocations = new AsynchronousInvocations({
      store: openStore(),
      clock,
      trace: new Trace(clock),
      faults: new InvocationFaults(),
      invoker: {
        async invoke(_arn, _event, { requestId = "" } = {}) {
          const outcome = outcomes[times.length] ?? "succeeded";
          times.push(clock.now() / 1000);
          return resultOf(outcome, requestId);
        },
      },
      runsHere: () => true,
      settings: () => ({ maximumRetryAttempts: 2, maximumEventAgeSeconds: 21_600, roleArn }),
      destinations: {
        authorize: allowEverything,
        queues: { send: unused },
        topics: { publish: unused },
        invokeAsync: unused,
      },
      buses: unused,
      objects: unused,
    });

    invocations.accept(functionArn, "{}", { from: functionArn });
    await clock.advance(3_600_000);

    expect(times).to.deep.equal([0, 1, 3, 63, 64]);
  });
});

function resultOf(outcome: InvocationResult["outcome"], requestId: string): InvocationResult {
  const ended = { requestId, log: "", milliseconds: 1 };
  if (outcome === "succeeded") return { outcome, payload: "null", ...ended };
  if (outcome === "throttled") return { outcome, requestId };
  return { outcome, error: { errorType: "Error", errorMessage: "no" }, ...ended };
}
