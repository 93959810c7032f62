import { expect } from "chai";
import { daysAfter, isDay, nightCount, nightsOf } from "../../../handlers/bookings/stay.ts";

describe("a stay", () => {
  it("knows the days of the calendar", () => {
    for (const day of ["2026-05-31", "2028-02-29", "2026-12-31"])
      expect(isDay(day), day).to.equal(true);
    for (const day of [
      "",
      "2026-02-29",
      "2026-13-01",
      "2026-04-31",
      "2026-5-31",
      "31.05.2026",
      "2026-05-31T00:00:00Z",
      " 2026-05-31",
    ]) {
      expect(isDay(day), day).to.equal(false);
    }
  });

  it("counts nights, over months and leap days", () => {
    expect(nightCount("2026-05-30", "2026-06-01")).to.equal(2);
    expect(nightCount("2028-02-28", "2028-03-01")).to.equal(2);
    expect(nightCount("2026-12-31", "2027-01-01")).to.equal(1);
  });

  it("counts every night once where clocks are changed", () => {
    expect(nightCount("2026-03-28", "2026-03-30")).to.equal(2);
    expect(nightCount("2026-10-24", "2026-10-26")).to.equal(2);
  });

  it("names each night by the day on which it begins, and not the day of leaving", () => {
    expect(nightsOf("2026-05-30", "2026-06-01")).to.deep.equal(["2026-05-30", "2026-05-31"]);
    expect(nightsOf("2026-05-30", "2026-05-31")).to.deep.equal(["2026-05-30"]);
  });

  it("goes on after the end of a year", () => {
    expect(daysAfter("2026-12-31", 1)).to.equal("2027-01-01");
    expect(daysAfter("2026-12-31", 0)).to.equal("2026-12-31");
  });
});
