import * as v from "valibot";
import { parseJson } from "../lib/parseJson.ts";
import { amount } from "../samples/money.ts";
import { lineInCents, totalInCents } from "../samples/purchase.ts";
import type { Order } from "./order.ts";

/** In the order of an order's life: an invoice never returns to an earlier status. */
const statuses = ["open", "paid", "cancelled"] as const;

const invoice = v.object({
  orderId: v.string(),
  customer: v.object({ email: v.string() }),
  lines: v.array(
    v.object({ sku: v.string(), quantity: v.number(), unitPrice: v.number(), total: v.number() }),
  ),
  total: v.number(),
  status: v.picklist(statuses),
});

export type Invoice = v.InferOutput<typeof invoice>;

const statusAfter = { placed: "open", paid: "paid", cancelled: "cancelled" } as const;

export function invoiceKey(orderId: string): string {
  return `invoices/${orderId}.json`;
}

/** The invoice after an event. Only the status changes; the lines stay as first written. */
export function invoiceAfter(order: Order, existing: Invoice | undefined): Invoice {
  const status = statusAfter[order.event];
  if (existing === undefined) return newInvoice(order, status);
  const later = statuses.indexOf(status) > statuses.indexOf(existing.status);
  return later ? { ...existing, status } : existing;
}

/** @throws PermanentError when the object is no invoice */
export function readInvoice(text: string): Invoice {
  return parseJson(invoice, text, "invoice");
}

function newInvoice(order: Order, status: Invoice["status"]): Invoice {
  const { orderId, customer, items } = order;
  const lines = items.map((item) => ({ ...item, total: amount(lineInCents(item)) }));
  return { orderId, customer, lines, total: amount(totalInCents(items)), status };
}
