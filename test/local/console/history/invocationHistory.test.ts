import { expect } from "chai";
import { InvocationHistory } from "../../../../local/console/history/invocationHistory.ts";
import type { EndedInvocation } from "../../../../local/services/lambda/interface.ts";
import type { Hop } from "../../../../local/trace/hop.ts";

describe("the history of invocations", () => {
  let end: (ended: EndedInvocation) => void;
  let record: (hop: Hop) => void;
  let history: InvocationHistory;

  beforeEach(() => {
    history = new InvocationHistory({
      functions: {
        listen: (listener) => {
          end = listener;
        },
      },
      trace: {
        listen: (listener) => {
          record = listener;
        },
      },
    });
  });

  function succeed(requestId: string, log = "", startedAt = 0): void {
    const common = { outcome: "succeeded", payload: "null", milliseconds: 1 } as const;
    end({ ...common, requestId, functionArn: "f", startedAt, log });
  }

  function fail(requestId: string, startedAt = 0): void {
    const error = { errorType: "Error", errorMessage: "no" };
    end({
      outcome: "failed",
      error,
      requestId,
      functionArn: "f",
      startedAt,
      log: "",
      milliseconds: 1,
    });
  }

  function report(requestId: string, event: string): void {
    const place = { sequence: 1, time: 0, from: "q", to: "f" };
    record({ ...place, event, kind: "failed", requestId, reason: "because" });
  }

  it("takes an invocation that reports failed messages for failed, once, with each of them", () => {
    succeed("r");
    expect(history.failed()).to.deep.equal([]);
    report("r", "one");
    report("r", "two");
    expect(history.failures).to.equal(1);
    expect(history.failed().map(({ failures }) => failures)).to.deep.equal([
      [
        { event: "one", reason: "because" },
        { event: "two", reason: "because" },
      ],
    ]);
    expect(history.find("r")).to.have.lengthOf(1);
  });

  it("keeps the attempts of one request apart, in their order", () => {
    fail("r", 1);
    fail("r", 2);
    succeed("r", "third", 3);
    expect(history.find("r").map(({ startedAt }) => startedAt)).to.deep.equal([1, 2, 3]);
    expect(history.failures).to.equal(2);
  });

  it("does not count what was throttled, and did not run", () => {
    end({ outcome: "throttled", requestId: "r", functionArn: "f", startedAt: 0 });
    expect(history.of("f")).to.deep.equal([]);
    expect(history.failures).to.equal(0);
  });

  it("keeps those that failed longer than the others, and bounds how much they have printed", () => {
    fail("first");
    for (let number = 0; number < 5000; number++) succeed(`r-${number}`);
    expect(history.find("first")).to.have.lengthOf(1);
    expect(history.find("r-0")).to.deep.equal([]);
    expect(history.of("f").length).to.be.within(1000, 2001);
    for (let number = 0; number < 100; number++) succeed(`l-${number}`, "x".repeat(256 * 1024));
    const printed = history.of("f").reduce((sum, { log }) => sum + log.length, 0);
    expect(printed).to.be.at.most(8 * 2 ** 20 + 256 * 1024);
    expect(history.find("l-99")).to.have.lengthOf(1);
  });
});
