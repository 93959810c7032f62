import { expect } from "chai";
import { dayAtHotel } from "../../../handlers/bookings/hotel.ts";

describe("the day at the hotel", () => {
  it("changes at the hotel's midnight, in winter and in summer", () => {
    expect(dayAtHotel(new Date("2026-01-31T22:59:59Z"))).to.equal("2026-01-31");
    expect(dayAtHotel(new Date("2026-01-31T23:00:00Z"))).to.equal("2026-02-01");
    expect(dayAtHotel(new Date("2026-05-31T22:00:00Z"))).to.equal("2026-06-01");
  });
});
