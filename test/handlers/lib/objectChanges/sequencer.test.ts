import { expect } from "chai";
import { sortableSequencer } from "../../../../handlers/lib/objectChanges/sequencer.ts";

describe("sortableSequencer", () => {
  for (const [earlier, later] of [
    ["0055AED6DCD90281E5", "0055AED6DCD90281E6"],
    ["0055AED6DCD90281E5", "0055AED6DCD90281E501"],
    ["0055AED6DCD9", "0055AED6DCD90281E5"],
    ["0055aed6dcd90281e5", "0055AED6DCD90281E6"],
    ["0900", "0A"],
    ["0", "01"],
  ] as const) {
    it(`sorts ${earlier} before ${later}`, () => {
      expect(sortableSequencer(earlier) < sortableSequencer(later)).to.equal(true);
    });
  }

  it("takes sequencers for the same that differ in zeros at the end, or in case", () => {
    expect(sortableSequencer("0055AED600")).to.equal(sortableSequencer("0055AED6"));
    expect(sortableSequencer("0055aed6")).to.equal(sortableSequencer("0055AED6"));
  });
});
