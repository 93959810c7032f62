import { expect } from "chai";
import { PermanentError } from "../../../handlers/lib/permanentError.ts";
import { readRegistration } from "../../../handlers/userRegistration/registration.ts";

const registration = {
  userId: "u-1",
  name: " Ada ",
  email: "ada@example.com",
  plan: "free",
  time: "2026-01-31T23:30:00-01:00",
};

const read = (changes: object) => readRegistration(JSON.stringify({ ...registration, ...changes }));

describe("a registration", () => {
  it("is read with the name trimmed and the time in UTC", () => {
    expect(read({ referrer: "friend" })).to.deep.equal({
      ...registration,
      name: "Ada",
      time: "2026-02-01T00:30:00.000Z",
    });
  });

  for (const [what, changes] of [
    ["without an id", { userId: undefined }],
    ["of a name that would add a header to the mail", { name: "Ada\r\nBcc: eve@example.com" }],
    ["of two addresses", { email: "a@example.com,b@example.com" }],
    ["for an unknown plan", { plan: "registrations" }],
    ["at no time", { time: "today" }],
  ] as const) {
    it(`is refused for good ${what}`, () => {
      expect(() => read(changes)).to.throw(PermanentError, "not a valid registration");
    });
  }
});
