import { expect } from "chai";
import {
  age,
  count,
  duration,
  exactTime,
  listedTime,
  pretty,
  timeOfDay,
} from "../../../../local/console/page/words.ts";

describe("the console's words", () => {
  it("say times in UTC, whatever the time zone of the reader, and the day where it is another", () => {
    const zone = process.env.TZ;
    process.env.TZ = "America/Los_Angeles";
    try {
      const time = Date.UTC(2026, 10, 30, 14, 5, 9, 120);
      expect(timeOfDay(time)).to.equal("14:05:09");
      expect(exactTime(time)).to.equal("2026-11-30 14:05:09.120 UTC");
      expect(listedTime(time)).to.equal("14:05:09");
      expect(listedTime(time, Date.UTC(2026, 10, 30, 23, 59))).to.equal("14:05:09");
      expect(listedTime(time, Date.UTC(2026, 11, 1))).to.equal("30 Nov 14:05");
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });

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
