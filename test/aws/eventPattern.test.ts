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
  [{ state: [{ wildcard: "a**" }] }, "Consecutive wildcard characters at pos 2"],
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

  for (const [pattern, message] of invalid) {
    it(`is invalid: ${JSON.stringify(pattern)}`, () => {
      expect(() => compilePattern(pattern)).to.throw(message);
    });
  }
});
