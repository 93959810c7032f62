import { expect } from "chai";
import { nextTime, onceAt } from "../../aws/scheduleExpression.ts";

const at = (text: string) => Date.parse(text);

describe("a schedule in a time zone", () => {
  for (const [zone, after, expected] of [
    ["UTC", "2026-01-10T00:00:00Z", "2026-01-10T09:30:00Z"],
    ["Europe/Berlin", "2026-01-10T00:00:00Z", "2026-01-10T08:30:00Z"],
    ["Europe/Berlin", "2026-07-10T00:00:00Z", "2026-07-10T07:30:00Z"],
    ["Asia/Kolkata", "2026-07-10T00:00:00Z", "2026-07-10T04:00:00Z"],
    ["America/New_York", "2026-07-10T14:00:00Z", "2026-07-11T13:30:00Z"],
  ] as const) {
    it(`is due at 9:30 in ${zone} after ${after}`, () => {
      expect(nextTime("cron(30 9 * * ? *)", at(after), zone)).to.equal(at(expected));
    });
  }

  it("is due once on a day on which clocks are set back", () => {
    const first = nextTime("cron(30 2 * * ? *)", at("2026-10-24T22:00:00Z"), "Europe/Berlin");
    const second = nextTime("cron(30 2 * * ? *)", first ?? 0, "Europe/Berlin");
    expect(second).to.equal(at("2026-10-26T01:30:00Z"));
  });

  it("is due at a time of the zone", () => {
    expect(onceAt("at(2026-07-10T12:00:00)", "Europe/Berlin")).to.equal(at("2026-07-10T10:00:00Z"));
  });
});
