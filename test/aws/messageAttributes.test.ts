import { expect } from "chai";
import { isAttributeName, isDecimal, isStorableNumber } from "../../aws/messageAttributes.ts";

const nines = "9".repeat(38);

describe("a number in a message attribute", () => {
  for (const text of [
    ...["0", "-0.0", "1", "+1", "007", "1.", ".5", "-1.5e3", "1E+2"],
    ...[nines, `0.${nines}`, `${nines}000`, `000${nines}`, `-${nines}e-10`],
    ...["1e126", "-1e126", "10e125", "0.1e127", "1e-128", "9.99e125", "0e999"],
  ]) {
    it(`is stored by SQS: ${text}`, () => {
      expect(isStorableNumber(text)).to.equal(true);
    });
  }

  for (const text of [`${nines}9`, `0.1${nines}`, "1e127", "1.1e126", "0.1e-128", "1e-129"]) {
    it(`is decimal, but not stored by SQS: ${text}`, () => {
      expect([isDecimal(text), isStorableNumber(text)]).to.deep.equal([true, false]);
    });
  }

  for (const text of ["", " ", ".", "e5", "0x10", "0b1", "1_000", "1,5", " 1", "1 ", "Infinity"]) {
    it(`is none: "${text}"`, () => {
      expect([isDecimal(text), isStorableNumber(text)]).to.deep.equal([false, false]);
    });
  }
});

describe("the name of a message attribute", () => {
  for (const name of ["a", "order.total", "x-1_Y", "awsome", "a".repeat(256)]) {
    it(`is accepted: ${name.slice(0, 20)}`, () => {
      expect(isAttributeName(name)).to.equal(true);
    });
  }

  for (const name of ["", "a b", ".a", "a.", "a..b", "AWS.x", "amazon.x", "ä", "a".repeat(257)]) {
    it(`is rejected: "${name.slice(0, 20)}"`, () => {
      expect(isAttributeName(name)).to.equal(false);
    });
  }
});
