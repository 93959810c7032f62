import { expect } from "chai";
import { age, count, duration, pretty } from "../../../../local/console/page/words.ts";

describe("the console's words", () => {
  it("say durations as exactly as one wants to know them", () => {
    expect([0.4, 12, 999, 1000, 9949, 10_000, 59_999, 60_000].map(duration)).to.deep.equal([
      "0 ms",
      "12 ms",
      "999 ms",
      "1.0 s",
      "9.9 s",
      "10 s",
      "59 s",
      "1 min",
    ]);
    expect([3599, 3600, 86_399, 86_400, 1_209_600].map(age)).to.deep.equal([
      "59 min",
      "1 h",
      "23 h",
      "1 d",
      "14 d",
    ]);
  });

  it("count", () => {
    expect([count(0, "message"), count(1, "message"), count(2000, "message")]).to.deep.equal([
      "0 messages",
      "1 message",
      "2,000 messages",
    ]);
  });

  it("lay out JSON, and nothing else", () => {
    expect(pretty('{"a":[1]}')).to.equal('{\n  "a": [\n    1\n  ]\n}');
    expect(pretty("a text")).to.equal("a text");
  });
});
