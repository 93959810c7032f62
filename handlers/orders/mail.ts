import type { Mail } from "../samples/mailOnce.ts";
import { listLines } from "../samples/purchase.ts";
import type { Order } from "./order.ts";

/** The mail about an event of the order. */
export function mailAbout(order: Order): Mail {
  const { subject, opening, closing } = words[order.event](order.orderId);
  const paragraphs = ["Hello,", opening, listLines(order.items), closing];
  return { to: order.customer.email, subject, text: `${paragraphs.join("\n\n")}\n` };
}

const words = {
  placed: (orderId: string) => ({
    subject: `We have your order ${orderId}`,
    opening: `Thank you for your order ${orderId}. This is what you ordered:`,
    closing: "We will write to you again when it is paid.",
  }),
  paid: (orderId: string) => ({
    subject: `Your order ${orderId} is paid`,
    opening: `We have received the payment for your order ${orderId}:`,
    closing: "Thank you.",
  }),
  cancelled: (orderId: string) => ({
    subject: `Your order ${orderId} is cancelled`,
    opening: `Your order ${orderId} is cancelled, and nothing of this will be sent:`,
    closing: "What you have paid for it will be paid back.",
  }),
} satisfies Record<Order["event"], (orderId: string) => object>;
