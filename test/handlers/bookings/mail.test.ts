import { expect } from "chai";
import { mailAbout } from "../../../handlers/bookings/mail.ts";
import { booking, bookingId } from "../../harness/handlers/bookings.ts";

describe("the mail about a booking", () => {
  it("says that it is confirmed, and all that the guest has to know", () => {
    expect(mailAbout({ event: "confirmed", ...booking() })).to.deep.equal({
      to: "ada@example.com",
      subject: "Your suite is booked, from 30 May 2026",
      text: `Dear Ada Lovelace,

Your booking is confirmed:

  Room:    suite
  Arrive:  30 May 2026
  Leave:   1 June 2026
  Guests:  2
  Total:   520 euros for 2 nights
  Booking: ${bookingId(1)}

We look forward to your stay.
`,
    });
  });

  it("says that it is rejected, why, and that nothing is charged", () => {
    const reason = "The suite is taken on 2026-05-30.";
    const mail = mailAbout({ event: "rejected", reason, ...booking() });
    expect(mail.subject).to.equal("Your booking of the suite is not possible");
    expect(mail.text).to.contain("We are sorry. The suite is taken on 30 May 2026.");
    expect(mail.text).to.contain("Nothing is charged.");
    expect(mail.text).not.to.contain("confirmed");
  });

  it("says one night in the singular", () => {
    const one = booking({ checkOut: "2026-05-31", total: 260 });
    expect(mailAbout({ event: "confirmed", ...one }).text).to.contain("260 euros for 1 night\n");
  });
});
