import { expect } from "chai";
import { retryDelay } from "../../../../handlers/lib/retries/retryDelay.ts";
import { RetryError } from "../../../../handlers/lib/retries/retryError.ts";

const backoff = { first: 30, factor: 2, maximum: 900, limit: 43_020 };
const error = new Error("no");

function delays(receives: readonly number[], random: number): number[] {
  return receives.map((each) =>
    retryDelay(backoff, { receives: each, maxReceiveCount: 20, error }, () => random),
  );
}

describe("retryDelay", () => {
  it("grows by the factor with each receive, up to the maximum", () => {
    expect(delays([1, 2, 3, 4, 5, 6, 7, 19], 1)).to.deep.equal([
      30, 60, 120, 240, 480, 900, 900, 900,
    ]);
  });

  it("is random between half of the delay and all of it", () => {
    expect(delays([1, 2, 6], 0)).to.deep.equal([15, 30, 450]);
    expect(delays([1, 2, 6], 0.5)).to.deep.equal([23, 45, 675]);
  });

  it("is what a RetryError names, also as the cause of another error", () => {
    const busy = new RetryError("busy", { afterSeconds: 77.1 });
    const wrapped = new Error("could not be handled", { cause: busy });
    for (const each of [busy, wrapped]) {
      const failure = { receives: 3, maxReceiveCount: 5, error: each };
      expect(retryDelay(backoff, failure, () => 0.5)).to.equal(78);
    }
  });

  it("is 0 for a RetryError that asks for a retry at once", () => {
    const failure = {
      receives: 1,
      maxReceiveCount: 5,
      error: new RetryError("again", { afterSeconds: 0 }),
    };
    expect(retryDelay(backoff, failure, () => 0.5)).to.equal(0);
  });

  it("ends at SQS's limit", () => {
    const failure = {
      receives: 1,
      maxReceiveCount: 5,
      error: new RetryError("tomorrow", { afterSeconds: 86_400 }),
    };
    expect(retryDelay(backoff, failure, () => 0.5)).to.equal(43_020);
  });

  it("is 0 at the last receive, after which the message is a dead letter", () => {
    const failure = { receives: 5, maxReceiveCount: 5, error };
    expect(retryDelay(backoff, failure, () => 1)).to.equal(0);
  });
});

describe("RetryError", () => {
  it("rejects a negative delay", () => {
    expect(() => new RetryError("never", { afterSeconds: -1 })).to.throw(
      RangeError,
      "afterSeconds must be 0 or more (given -1)",
    );
  });
});
