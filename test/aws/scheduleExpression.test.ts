import { expect } from "chai";
import {
  isAcceptedSchedule,
  isScheduleExpression,
  nextTime,
} from "../../aws/scheduleExpression.ts";

describe("a schedule expression", () => {
  const after = Date.parse("2026-11-29T10:07:30Z"); // a Sunday

  for (const [expression, next] of [
    ["rate(1 minute)", "2026-11-29T10:08:30.000Z"],
    ["rate(2 hours)", "2026-11-29T12:07:30.000Z"],
    ["cron(0/15 * * * ? *)", "2026-11-29T10:15:00.000Z"],
    ["cron(0 9 * * ? *)", "2026-11-30T09:00:00.000Z"],
    ["cron(30 8 ? * MON-FRI *)", "2026-11-30T08:30:00.000Z"],
    ["cron(0 0 1 JAN,JUL ? 2027)", "2027-01-01T00:00:00.000Z"],
    ["cron(0 0 29 2 ? *)", "2028-02-29T00:00:00.000Z"],
  ] as const) {
    it(`${expression} is due next at ${next}`, () => {
      const time = nextTime(expression, after);
      expect(time && new Date(time).toISOString()).to.equal(next);
    });
  }

  it("is never due again when its year is past", () => {
    expect(nextTime("cron(0 0 1 1 ? 2020)", after)).to.equal(undefined);
  });

  for (const wrong of ["rate(0 minutes)", "cron(0 9 * * ?)", "cron(0 9 L * ? *)", "at(noon)", ""]) {
    it(`is not "${wrong}"`, () => {
      expect(isScheduleExpression(wrong)).to.equal(false);
    });
  }

  for (const expression of [
    ...["rate(5 minutes)", "at(2026-11-29T10:00:00)", "cron(0 9 * JUL ? *)"],
    ...["cron(0 9 L * ? *)", "cron(0 9 15W * ? *)", "cron(0 9 ? * FRIL *)", "cron(0 9 ? * 2#1 *)"],
  ]) {
    it(`is accepted by AWS: ${expression}`, () => {
      expect(isAcceptedSchedule(expression)).to.equal(true);
    });
  }

  for (const expression of [
    ...["every hour", "rate(0 minutes)", "at(2026-13-29T10:00:00)", "cron(0 25 * * ? *)"],
    ...["cron(0 9 * * * *)", "cron(0 9 L * * *)", "cron(0 9 * * ?)"],
  ]) {
    it(`is not accepted by AWS: ${expression}`, () => {
      expect(isAcceptedSchedule(expression)).to.equal(false);
    });
  }
});
