import { expect } from "chai";
import * as v from "valibot";
import { bookingRequest } from "../../../handlers/bookings/bookingRequest.ts";

const today = "2026-05-31";

const valid = {
  roomType: "double",
  checkIn: "2026-05-31",
  checkOut: "2026-06-02",
  guests: 2,
  name: "Ada Lovelace",
  email: "ada@example.com",
};

function problems(changes: object): (readonly [field: string | null, message: string])[] {
  const { issues = [] } = v.safeParse(bookingRequest(today), { ...valid, ...changes });
  return issues.map((issue) => [v.getDotPath(issue), issue.message] as const);
}

describe("a request for a booking", () => {
  it("is taken when all is right, without the spaces around name and address", () => {
    const given = { ...valid, name: "  Ada Lovelace ", email: " ada@example.com " };
    expect(v.parse(bookingRequest(today), given)).to.deep.equal(valid);
  });

  it("is taken from today to a year ahead, for 1 to 30 nights", () => {
    expect(problems({ checkIn: today, checkOut: "2026-06-01" })).to.deep.equal([]);
    expect(problems({ checkIn: today, checkOut: "2026-06-30" })).to.deep.equal([]);
    expect(problems({ checkIn: "2027-05-31", checkOut: "2027-06-01" })).to.deep.equal([]);
  });

  const leaving = "Choose a day after your arrival.";
  const wholeNumber = "Enter how many guests will stay.";
  const address = "Enter an e-mail address, such as ada@example.com.";
  const room = "Choose a room: single, double, suite.";
  const yourName = "Enter your name, 100 characters at most.";
  const aDay = "Choose a day, written as 2026-05-31.";
  const cases: [what: string, changes: object, field: string, message: string][] = [
    ["a room that is not there", { roomType: "penthouse" }, "roomType", room],
    ["a day of the past", { checkIn: "2026-05-30" }, "checkIn", "Choose today or a later day."],
    [
      "a day more than a year ahead",
      { checkIn: "2027-06-01", checkOut: "2027-06-02" },
      "checkIn",
      "Choose a day up to 2027-05-31.",
    ],
    ["a day that is not in the calendar", { checkOut: "2026-06-31" }, "checkOut", aDay],
    ["a day that is no text", { checkOut: 20260602 }, "checkOut", "Choose a day."],
    ["leaving on the day of arrival", { checkOut: "2026-05-31" }, "checkOut", leaving],
    ["leaving before the arrival", { checkIn: "2026-06-05" }, "checkOut", leaving],
    ["31 nights", { checkOut: "2026-07-01" }, "checkOut", "Book 30 nights at most."],
    ["no guests", { guests: 0 }, "guests", wholeNumber],
    ["half a guest", { guests: 1.5 }, "guests", wholeNumber],
    ["guests as text", { guests: "2" }, "guests", wholeNumber],
    ["more guests than beds", { guests: 3 }, "guests", "The double takes 2 guests at most."],
    ["two in a single", { roomType: "single" }, "guests", "The single takes 1 guest at most."],
    ["a name of spaces", { name: "  " }, "name", yourName],
    ["a name of 101 characters", { name: "a".repeat(101) }, "name", yourName],
    [
      "a line break in the name",
      { name: "Ada\nBcc: all@example.com" },
      "name",
      "Leave out line breaks and control characters.",
    ],
    ["no e-mail address", { email: "ada" }, "email", address],
    ["an address of 255 characters", { email: `${"a".repeat(243)}@example.com` }, "email", address],
    ["an unknown field", { discount: 100 }, "discount", "This is not a field of a booking."],
  ];
  for (const [what, changes, field, message] of cases) {
    it(`is refused for ${what}, naming ${field}`, () => {
      expect(problems(changes)).to.deep.include([field, message]);
      expect(new Set(problems(changes).map(([each]) => each))).to.deep.equal(new Set([field]));
    });
  }

  it("is refused for a field that is not there at all", () => {
    const { name: _name, ...rest } = valid;
    const { issues = [] } = v.safeParse(bookingRequest(today), rest);
    expect(issues.map((issue) => [v.getDotPath(issue), issue.message])).to.deep.equal([
      ["name", "This is missing."],
    ]);
  });

  it("names every field that is wrong", () => {
    const fields = problems({ roomType: "x", checkIn: "x", guests: 0, name: "", email: "" }).map(
      ([field]) => field,
    );
    expect(new Set(fields)).to.deep.equal(
      new Set(["roomType", "checkIn", "guests", "name", "email"]),
    );
  });

  it("says that it must be an object", () => {
    for (const given of [null, "text", 1]) {
      const { issues = [] } = v.safeParse(bookingRequest(today), given);
      expect(issues[0]?.message, JSON.stringify(given)).to.equal("The body must be a JSON object.");
    }
  });
});
