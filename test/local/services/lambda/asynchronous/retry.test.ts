import { expect } from "chai";
import {
  afterFailure,
  afterThrottle,
} from "../../../../../local/services/lambda/asynchronous/retry.ts";

const limits = { maximumRetryAttempts: 2, maximumEventAgeSeconds: 21_600 };
const now = 1_000_000;

describe("the next step of an asynchronous event", () => {
  const failures: [number, object][] = [
    [1, { kind: "retry", at: now + 60_000 }],
    [2, { kind: "retry", at: now + 120_000 }],
    [3, { kind: "giveUp", condition: "RetriesExhausted" }],
  ];
  for (const [invocations, step] of failures) {
    it(`after ${invocations} failures`, () => {
      const attempts = { invocations, throttles: 0, acceptedAt: now };

      expect(afterFailure(attempts, limits, now)).to.deep.equal(step);
    });
  }

  for (const [throttles, seconds] of [
    [1, 1],
    [2, 2],
    [5, 16],
    [9, 256],
    [10, 300],
    [50, 300],
  ] as const) {
    it(`after ${throttles} throttles waits ${seconds} seconds`, () => {
      const attempts = { invocations: 0, throttles, acceptedAt: now };

      expect(afterThrottle(attempts, limits, now)).to.deep.equal({
        kind: "retry",
        at: now + seconds * 1000,
      });
    });
  }

  it("after throttles of six hours is none", () => {
    const attempts = { invocations: 0, throttles: 80, acceptedAt: now - 21_300_000 };

    expect(afterThrottle(attempts, limits, now)).to.deep.equal({
      kind: "giveUp",
      condition: "EventAgeExceeded",
    });
    expect(afterThrottle(attempts, limits, now - 1)).to.have.property("kind", "retry");
  });
});
