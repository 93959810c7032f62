import type { Order } from "../../../handlers/orders/order.ts";

/** The body of a message about order o-1: two chairs and a lamp, placed, unless a test says otherwise. */
export function orderBody(changes: Partial<Order> = {}): string {
  return JSON.stringify(order(changes));
}

export function order(changes: Partial<Order> = {}): Order {
  return {
    orderId: "o-1",
    customer: { email: "ada@example.com" },
    items: [
      { sku: "chair", quantity: 2, unitPrice: 49.9 },
      { sku: "lamp", quantity: 1, unitPrice: 19.99 },
    ],
    event: "placed",
    ...changes,
  };
}
