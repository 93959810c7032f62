import type { Context } from "aws-lambda";
import { environment } from "../lib/environment.ts";
import { handleFifoBatch } from "../lib/fifoBatch.ts";
import type { Message } from "../lib/message.ts";
import type { Outcome } from "../lib/recordHandler.ts";
import { mailOnce } from "../samples/mailOnce.ts";
import { mailAbout } from "./mail.ts";
import { readOrder } from "./order.ts";

const { IDEMPOTENCY_TABLE, SENDER } = environment("IDEMPOTENCY_TABLE", "SENDER");

const send = mailOnce({ table: IDEMPOTENCY_TABLE, operation: "order-mail", sender: SENDER });

export const handler = handleFifoBatch(recordHandler);

/** Mails the customer about each event of the order, once, however often it is delivered. */
async function recordHandler(message: Message, context: Context): Promise<Outcome> {
  const order = readOrder(message.body);
  const { orderId, event } = order;
  const mail = { key: `${orderId} ${event}`, ...mailAbout(order) };
  return { outcome: "notified", orderId, event, ...(await send(mail, context)) };
}
