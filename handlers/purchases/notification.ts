import type { Context } from "aws-lambda";
import { handleBatch } from "../lib/batch.ts";
import { environment } from "../lib/environment.ts";
import type { Message } from "../lib/message.ts";
import type { Outcome } from "../lib/recordHandler.ts";
import { type Mail, mailOnce } from "../samples/mailOnce.ts";
import { listLines, type Purchase, readPurchase } from "../samples/purchase.ts";

const { IDEMPOTENCY_TABLE, SENDER } = environment("IDEMPOTENCY_TABLE", "SENDER");

const send = mailOnce({ table: IDEMPOTENCY_TABLE, operation: "order", sender: SENDER });

export const handler = handleBatch(recordHandler);

/** Tells the customer that the order has come in, once. */
async function recordHandler(message: Message, context: Context): Promise<Outcome> {
  const purchase = readPurchase(message.body);
  const { orderId } = purchase;
  const sent = await send({ key: orderId, ...confirmation(purchase) }, context);
  return { outcome: "notified", orderId, ...sent };
}

function confirmation({ orderId, customer, items }: Purchase): Mail {
  return {
    to: customer.email,
    subject: `We have your order ${orderId}`,
    text: `Hello,\n\nthank you for your order ${orderId}:\n\n${listLines(items)}\n`,
  };
}
