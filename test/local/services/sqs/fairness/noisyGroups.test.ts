import { expect } from "chai";
import { noisyGroups } from "../../../../../local/services/sqs/fairness/noisyGroups.ts";

function noisy(inFlight: number, processing: number): boolean {
  const load = { group: "a", inFlight, processing };
  return noisyGroups([load], { inFlight: 300, processing: 1000 }).length > 0;
}

describe("a message group is noisy", () => {
  it("with more than a tenth of the messages in flight, if these are 30 or more", () => {
    expect([noisy(30, 0), noisy(31, 0)]).to.deep.equal([false, true]);
    const few = { group: "a", inFlight: 29, processing: 0 };
    expect(noisyGroups([few], { inFlight: 29, processing: 0 })).to.deep.equal([]);
  });

  it("with more than a tenth of the recent processing time", () => {
    expect([noisy(1, 100), noisy(1, 101)]).to.deep.equal([false, true]);
  });
});
