import { expect } from "chai";
import { amount, cents, formatAmount } from "../../../handlers/samples/money.ts";

describe("cents", () => {
  for (const [given, expected] of [
    [19.99, 1999],
    [0.1 + 0.2, 30],
    [1.005 - 0.005, 100],
    [0.29, 29],
    [1_000_000, 100_000_000],
    [0, 0],
  ] as const) {
    it(`are ${expected} in ${given}`, () => {
      expect(cents(given)).to.equal(expected);
    });
  }

  it("are not told of an amount with parts of a cent", () => {
    for (const given of [0.001, 19.999, 1.005]) expect(cents(given)).to.equal(undefined);
  });

  it("make the amount again", () => {
    expect(amount(1999)).to.equal(19.99);
    expect(amount(30)).to.equal(0.3);
    expect(formatAmount(1990)).to.equal("19.90");
    expect(formatAmount(5)).to.equal("0.05");
  });
});
