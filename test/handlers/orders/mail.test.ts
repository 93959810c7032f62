import { expect } from "chai";
import { mailAbout } from "../../../handlers/orders/mail.ts";
import { order } from "../../harness/handlers/orders.ts";

const ordered = `  2 x chair, 49.90 each
  1 x lamp, 19.99 each
  Total: 119.79`;

describe("mailAbout", () => {
  it("thanks for an order", () => {
    expect(mailAbout(order())).to.deep.equal({
      to: "ada@example.com",
      subject: "We have your order o-1",
      text: `Hello,

Thank you for your order o-1. This is what you ordered:

${ordered}

We will write to you again when it is paid.
`,
    });
  });

  it("confirms a payment", () => {
    expect(mailAbout(order({ event: "paid" }))).to.deep.equal({
      to: "ada@example.com",
      subject: "Your order o-1 is paid",
      text: `Hello,

We have received the payment for your order o-1:

${ordered}

Thank you.
`,
    });
  });

  it("confirms a cancellation", () => {
    expect(mailAbout(order({ event: "cancelled" }))).to.deep.equal({
      to: "ada@example.com",
      subject: "Your order o-1 is cancelled",
      text: `Hello,

Your order o-1 is cancelled, and nothing of this will be sent:

${ordered}

What you have paid for it will be paid back.
`,
    });
  });
});
