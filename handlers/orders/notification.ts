import { SESv2Client, SendEmailCommand } from "@aws-sdk/client-sesv2";
import type { Context } from "aws-lambda";
import { handleFifoBatch } from "../lib/batch.ts";
import { environment } from "../lib/environment.ts";
import { once } from "../lib/idempotency.ts";
import type { Message } from "../lib/message.ts";
import type { Outcome } from "../lib/recordHandler.ts";
import { mailAbout } from "./mail.ts";
import { type Order, readOrder } from "./order.ts";

const { IDEMPOTENCY_TABLE, SENDER } = environment("IDEMPOTENCY_TABLE", "SENDER");
const mailer = new SESv2Client({});

const sendOnce = once(
  { table: IDEMPOTENCY_TABLE, operation: "order-mail", key: "[orderId, event]" },
  send,
);

export const handler = handleFifoBatch(recordHandler);

/** Tells the customer of each event of the order, once, however often the event comes. */
async function recordHandler(message: Message, context: Context): Promise<Outcome> {
  const order = readOrder(message.body);
  const { orderId, event } = order;
  return { outcome: "notified", orderId, event, ...(await sendOnce(order, context)) };
}

async function send(order: Order): Promise<{ mailId: string }> {
  const { subject, text } = mailAbout(order);
  const { MessageId: mailId = "" } = await mailer.send(
    new SendEmailCommand({
      FromEmailAddress: SENDER,
      Destination: { ToAddresses: [order.customer.email] },
      Content: { Simple: { Subject: utf8(subject), Body: { Text: utf8(text) } } },
    }),
  );
  return { mailId };
}

function utf8(text: string) {
  return { Data: text, Charset: "UTF-8" };
}
