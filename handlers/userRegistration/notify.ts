import type { Context } from "aws-lambda";
import { handleBatch } from "../lib/batch.ts";
import { environment } from "../lib/environment.ts";
import type { Message } from "../lib/message.ts";
import type { Outcome } from "../lib/recordHandler.ts";
import { type Mail, mailOnce } from "../samples/mailOnce.ts";
import { type Registration, readRegistration } from "./registration.ts";

const { IDEMPOTENCY_TABLE, SENDER } = environment("IDEMPOTENCY_TABLE", "SENDER");

const send = mailOnce({ table: IDEMPOTENCY_TABLE, operation: "welcome", sender: SENDER });

export const handler = handleBatch(recordHandler);

/** Sends every user a welcome mail, once. */
async function recordHandler(message: Message, context: Context): Promise<Outcome> {
  const registration = readRegistration(message.body);
  const { userId } = registration;
  const sent = await send({ key: userId, ...welcome(registration) }, context);
  return { outcome: "welcomed", userId, ...sent };
}

function welcome({ name, email, plan }: Registration): Mail {
  return {
    to: email,
    subject: `Welcome, ${name}`,
    text: `Hello ${name},\n\nyour account is ready. You are on the ${plan} plan.\n`,
  };
}
