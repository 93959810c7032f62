import { expect } from "chai";
import { compilePattern } from "../../aws/eventPattern.ts";

/** Patterns with a value of `state` that they match, and one that they do not. */
const matching: [string, unknown, unknown, unknown][] = [
  ["a prefix in any case", { prefix: { "equals-ignore-case": "EventB" } }, "EVENTBRIDGE", "vent"],
  ["a suffix in any case", { suffix: { "equals-ignore-case": ".png" } }, "a.PNG", "a.jpg"],
  ["no prefix of a list", { "anything-but": { prefix: ["init", "test"] } }, "post-init", "tested"],
  ["no suffix", { "anything-but": { suffix: ".txt" } }, "a.txt.bak", "a.txt"],
  ["no text in any case", { "anything-but": { "equals-ignore-case": ["a", "b"] } }, null, "B"],
  ["no wildcard of a list", { "anything-but": { wildcard: ["*/a/*", "b*"] } }, "c/b", "x/a/y"],
  ["four wildcards", { wildcard: "*a*b*c*d" }, "1a2b3c4d", "abc"],
  ["as many wildcards as are allowed", { wildcard: "*a*b*c*d*e*f*g*h*i" }, "abcdefghi", "abc"],
  ["a number", 1, [0, 1], "1"],
  ["a Boolean", true, true, [false, "true"]],
  ["null", null, null, "null"],
];

const invalid: [unknown, string][] = [
  [[], "Filter is not an object"],
  [{}, "Empty objects are not allowed"],
  [{ state: 42 }, '"state" must be an object or an array'],
  [{ state: [] }, "Empty arrays are not allowed"],
  [{ state: [{ "anything-but": { suffix: "" } }] }, "Null prefix/suffix not allowed"],
  [
    { state: [{ "anything-but": { prefix: [1] } }] },
    "prefix/suffix match pattern must be a string",
  ],
  [
    { state: [{ "anything-but": { prefix: ["a", 1] } }] },
    "prefix/suffix match pattern must be a string",
  ],
  [
    { state: [{ "anything-but": { suffix: { a: 1 } } }] },
    "Value of anything-but must be an array or single string/number value.",
  ],
  [
    { state: [{ "anything-but": { "equals-ignore-case": ["a", 1] } }] },
    "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.",
  ],
  [{ state: [{ "anything-but": { wildcard: 1 } }] }, "wildcard match pattern must be a string"],
  [
    { state: [{ "anything-but": { numeric: ["=", 1] } }] },
    "Unsupported anything-but pattern: numeric",
  ],
  [{ state: [{ prefix: { suffix: "a" } }] }, "prefix match pattern must be a string"],
  [{ state: [{ suffix: { "equals-ignore-case": 1 } }] }, "suffix match pattern must be a string"],
  [{ state: [{ prefix: "a", suffix: "b" }] }, "Only one key allowed in match expression"],
  [{ state: [{ wildcard: 1 }] }, "wildcard match pattern must be a string"],
  [{ state: [{ wildcard: "a\\b" }] }, "Invalid escape character"],
  [{ state: [{ wildcard: "**a" }] }, "Consecutive wildcard characters at pos 1"],
  [{ state: [{ wildcard: "a**" }] }, "Consecutive wildcard characters at pos 2"],
  [
    { state: [{ wildcard: "*a*b*c*d*e*f*g*h*i*j" }] },
    "Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character",
  ],
  [{ $or: [{ a: ["x"] }, "y"] }, "Unrecognized match type a"],
  [
    { state: [{ wildcard: "*:*:*:*:*:event-bus/*" }] },
    "Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character",
  ],
];

describe("an event pattern", () => {
  for (const [what, item, match, other] of matching) {
    it(`matches ${what}`, () => {
      const matches = compilePattern({ state: [item] });
      expect(matches({ state: match })).to.equal(true);
      expect(matches({ state: other })).to.equal(false);
      expect(matches({})).to.equal(false);
    });
  }

  it("finds a key whose parts are joined by dots, in the pattern or in the event", () => {
    const nested = compilePattern({ detail: { state: { status: ["running"] } } });
    const joined = compilePattern({ detail: { "state.status": ["running"] } });
    for (const matches of [nested, joined]) {
      expect(matches({ detail: { state: { status: "running" } } })).to.equal(true);
      expect(matches({ detail: { "state.status": "running" } })).to.equal(true);
      expect(matches({ detail: { "state.status": "ended" } })).to.equal(false);
    }
  });

  it("does not take a key for another that begins alike", () => {
    expect(compilePattern({ a: { b: [1] } })({ "x.b": 1 })).to.equal(false);
    expect(compilePattern({ "ab.c": ["x"] })({ a: { ".c": "x" } })).to.equal(false);
    expect(compilePattern({ a: { b: [1] } })({ "ab.b": 1 })).to.equal(false);
  });

  it("finds the keys below a list in one and the same element", () => {
    const matches = compilePattern({ items: { kind: ["book"], price: [1] } });
    const book = { kind: "book", price: 2 };
    expect(matches({ items: [book, { kind: "book", price: 1 }] })).to.equal(true);
    expect(matches({ items: [book, { kind: "pen", price: 1 }] })).to.equal(false);
  });

  it("matches what is absent where that is one of several values", () => {
    const matches = compilePattern({ state: ["new", { exists: false }] });
    expect([{}, { state: "new" }, { state: "old" }].map(matches)).to.deep.equal([
      true,
      true,
      false,
    ]);
  });

  it("matches one of several alternatives", () => {
    const matches = compilePattern({ $or: [{ a: [1] }, { b: [2] }] });
    expect([{ a: 1 }, { b: 2 }, { a: 2, b: 1 }].map(matches)).to.deep.equal([true, true, false]);
  });

  for (const [pattern, message] of invalid) {
    it(`is invalid: ${JSON.stringify(pattern)}`, () => {
      expect(() => compilePattern(pattern)).to.throw(message);
    });
  }
});
