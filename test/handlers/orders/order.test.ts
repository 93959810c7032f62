import { expect } from "chai";
import { PermanentError } from "../../../handlers/lib/permanentError.ts";
import { readOrder } from "../../../handlers/orders/order.ts";
import { thrownBy } from "../../harness/assertions/failure.ts";
import { order, orderBody } from "../../harness/handlers/orders.ts";

const line = { sku: "chair", quantity: 1, unitPrice: 10 };

describe("readOrder", () => {
  it("reads an order of each event", () => {
    for (const event of ["placed", "paid", "cancelled"] as const) {
      expect(readOrder(orderBody({ event }))).to.deep.equal(order({ event }));
    }
  });

  it("ignores fields that it does not know", () => {
    expect(readOrder(JSON.stringify({ ...order(), currency: "EUR" }))).to.deep.equal(order());
  });

  it("names every problem by its path, for good", () => {
    const body = JSON.stringify({
      orderId: "o/1",
      customer: { email: "nobody" },
      items: [{ sku: "", quantity: 1.5, unitPrice: -1 }],
      event: "lost",
    });
    const refusal = thrownBy(() => readOrder(body));
    expect(refusal).to.be.instanceOf(PermanentError);
    for (const problem of [
      "not a valid order: orderId: Invalid id",
      "; customer.email: Invalid email",
      "; items.0.sku: ",
      "; items.0.quantity: Invalid integer",
      "; items.0.unitPrice: ",
      "; event: ",
    ]) {
      expect(refusal.message).to.contain(problem);
    }
  });

  for (const [what, changes] of [
    ["without items", { items: [] }],
    ["of more lines than one transaction can write", { items: Array(100).fill(line) }],
    ["of nothing", { items: [{ ...line, quantity: 0 }] }],
    ["of less than nothing", { items: [{ ...line, quantity: -1 }] }],
    ["with parts of a cent", { items: [{ ...line, unitPrice: 0.001 }] }],
    ["with an endless quantity", { items: [{ ...line, quantity: 1e9 }] }],
    ["with a path for an id", { orderId: "../o-1" }],
    ["without an id", { orderId: "" }],
    ["with two addresses", { customer: { email: "a@example.com, b@example.com" } }],
    ["with a line break in the address", { customer: { email: "a@example.com\nBcc: b@c.io" } }],
  ] as const) {
    it(`refuses an order ${what}`, () => {
      const body = JSON.stringify({ ...order(), ...changes });
      expect(() => readOrder(body)).to.throw(PermanentError, "not a valid order");
    });
  }

  it("takes as many lines as one transaction can write", () => {
    expect(readOrder(orderBody({ items: Array(99).fill(line) })).items).to.have.length(99);
  });
});
