import { expect } from "chai";
import { PermanentError } from "../../../handlers/lib/permanentError.ts";
import { type Invoice, invoiceAfter, readInvoice } from "../../../handlers/orders/invoice.ts";
import type { Order } from "../../../handlers/orders/order.ts";
import { order } from "../../harness/handlers/orders.ts";

/** The invoice after some events, in the order in which they come. */
const invoiceOf = (...events: Order["event"][]): Invoice | undefined =>
  events.reduce<Invoice | undefined>(
    (invoice, event) => invoiceAfter(order({ event }), invoice),
    undefined,
  );

describe("invoiceAfter", () => {
  it("bills each line and the whole, to the cent", () => {
    expect(invoiceOf("placed")).to.deep.equal({
      orderId: "o-1",
      customer: { email: "ada@example.com" },
      lines: [
        { sku: "chair", quantity: 2, unitPrice: 49.9, total: 99.8 },
        { sku: "lamp", quantity: 1, unitPrice: 19.99, total: 19.99 },
      ],
      total: 119.79,
      status: "open",
    });
  });

  it("does not lose a cent over many lines", () => {
    const items = Array.from({ length: 10 }, () => ({ sku: "nail", quantity: 3, unitPrice: 0.1 }));
    expect(invoiceAfter(order({ items }), undefined).total).to.equal(3);
  });

  for (const [events, status] of [
    [["placed"], "open"],
    [["placed", "paid"], "paid"],
    [["placed", "cancelled"], "cancelled"],
    [["placed", "paid", "cancelled"], "cancelled"],
    [["paid"], "paid"],
    [["paid", "placed"], "paid"],
    [["placed", "paid", "placed", "paid"], "paid"],
    [["cancelled", "paid", "placed"], "cancelled"],
  ] as const) {
    it(`is ${status} after ${events.join(", ")}`, () => {
      expect(invoiceOf(...events)).to.deep.equal({ ...invoiceOf("placed"), status });
    });
  }

  it("is the very same when nothing changes, so that nothing need be written", () => {
    const paid = invoiceOf("placed", "paid");
    expect(invoiceAfter(order({ event: "placed" }), paid)).to.equal(paid);
    expect(invoiceAfter(order({ event: "paid" }), paid)).to.equal(paid);
  });

  it("keeps the lines that it was first written with", () => {
    const items = [{ sku: "desk", quantity: 1, unitPrice: 1 }];
    const paid = invoiceAfter(order({ event: "paid", items }), invoiceOf("placed"));
    expect(paid.lines).to.deep.equal(invoiceOf("placed")?.lines);
    expect(paid.total).to.equal(119.79);
  });
});

describe("readInvoice", () => {
  it("reads what was written", () => {
    expect(readInvoice(JSON.stringify(invoiceOf("paid")))).to.deep.equal(invoiceOf("paid"));
  });

  it("rejects an object that is no invoice", () => {
    expect(() => readInvoice("hello")).to.throw(PermanentError, "not a valid invoice");
    expect(() => readInvoice("{}")).to.throw(PermanentError, "not a valid invoice");
  });
});
