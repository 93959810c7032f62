import { expect } from "chai";
import { type Context, conditionHolds } from "../../../../local/services/iam/condition.ts";

const topic = "arn:aws:sns:eu-west-1:000000000000:orders";

describe("a condition of a policy", () => {
  const cases: [string, string, string, string[], Context, boolean][] = [
    ["equal texts", "StringEquals", "k", ["a"], { k: "a" }, true],
    ["one of several wanted", "StringEquals", "k", ["a", "b"], { k: "b" }, true],
    ["another letter case", "StringEquals", "k", ["a"], { k: "A" }, false],
    [
      "another letter case, where that is the same",
      "StringEqualsIgnoreCase",
      "k",
      ["a"],
      { k: "A" },
      true,
    ],
    [
      "a key in another letter case",
      "StringEquals",
      "AWS:SourceArn",
      ["a"],
      { "aws:SourceArn": "a" },
      true,
    ],
    ["a key that is not there", "StringEquals", "k", ["a"], {}, false],
    ["a key that need not be there", "StringEqualsIfExists", "k", ["a"], {}, true],
    [
      "a key that need not be there but differs",
      "StringEqualsIfExists",
      "k",
      ["a"],
      { k: "b" },
      false,
    ],
    ["a negation without the key", "StringNotEquals", "k", ["a"], {}, true],
    ["a negation of one of several", "StringNotEquals", "k", ["a", "b"], { k: "b" }, false],
    ["a pattern", "StringLike", "k", ["a*?"], { k: "abc" }, true],
    [
      "a pattern's letters that mean something in expressions",
      "StringLike",
      "k",
      ["a.c"],
      { k: "abc" },
      false,
    ],
    ["an ARN", "ArnEquals", "k", [topic], { k: topic }, true],
    [
      "an ARN with another account",
      "ArnEquals",
      "k",
      [topic],
      { k: topic.replace("000000000000", "1") },
      false,
    ],
    [
      "an ARN pattern within a part",
      "ArnLike",
      "k",
      ["arn:aws:sns:*:000000000000:ord*"],
      { k: topic },
      true,
    ],
    [
      "an ARN pattern that would reach over parts",
      "ArnLike",
      "k",
      ["arn:aws:sns:*:orders"],
      { k: topic },
      false,
    ],
    ["an ARN that is none", "ArnLike", "k", ["arn:aws:sns:*:*:*"], { k: "orders" }, false],
    ["a negated ARN", "ArnNotLike", "k", ["arn:aws:sns:*:*:other"], { k: topic }, true],
    ["a truth", "Bool", "k", ["false"], { k: "false" }, true],
    ["a truth that is not there", "Bool", "k", ["false"], {}, false],
    ["a missing key, wanted missing", "Null", "k", ["true"], {}, true],
    ["a key that is there, wanted missing", "Null", "k", ["true"], { k: "a" }, false],
    ["any of several values", "ForAnyValue:StringEquals", "k", ["a"], { k: ["x", "a"] }, true],
    ["none of several values", "ForAnyValue:StringEquals", "k", ["a"], { k: ["x", "y"] }, false],
    ["any value of none", "ForAnyValue:StringEquals", "k", ["a"], {}, false],
    ["all of several values", "ForAllValues:StringLike", "k", ["a*"], { k: ["ab", "ac"] }, true],
    ["all values but one", "ForAllValues:StringLike", "k", ["a*"], { k: ["ab", "b"] }, false],
    ["all values of none", "ForAllValues:StringLike", "k", ["a*"], {}, true],
  ];
  for (const [what, operator, key, values, context, holds] of cases) {
    it(`${holds ? "holds" : "does not hold"} for ${what} (${operator})`, () => {
      expect(conditionHolds({ operator, key, values }, context)).to.equal(holds);
    });
  }

  it("with an unknown operator is an error, never allowed", () => {
    const condition = { operator: "NumericLessThan", key: "k", values: ["1"] };
    expect(() => conditionHolds(condition, { k: "0" })).to.throw(
      "NumericLessThan is not supported",
    );
  });
});
