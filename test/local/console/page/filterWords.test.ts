import { expect } from "chai";
import { filterInWords } from "../../../../local/console/page/filterWords.ts";

describe("a filter policy in words", () => {
  const cases: readonly [unknown, string][] = [
    [{ event: ["placed", "paid"], n: [1, null] }, "event: placed or paid, n: 1 or null"],
    [
      { priority: [{ "anything-but": ["urgent", "high"] }, { exists: false }] },
      "priority: not urgent, high or absent",
    ],
    [{ a: [{ "anything-but": { prefix: "x-" } }] }, "a: not x-…"],
    [{ a: [{ prefix: "x" }, { suffix: ".png" }, { exists: true }] }, "a: x… or ….png or present"],
    [{ price: [{ numeric: [">=", 5, "<", 9] }] }, "price: >= 5 < 9"],
    [{ order: { customer: { vip: [true] } } }, "order: (customer: (vip: true))"],
    [{ a: [{ wildcard: "a*b" }] }, 'a: {"wildcard":"a*b"}'],
    [{ a: [{}] }, "a: {}"],
  ];
  for (const [policy, words] of cases) {
    it(`${JSON.stringify(policy)} is ${words}`, () => {
      expect(filterInWords(policy)).to.equal(words);
    });
  }
});
