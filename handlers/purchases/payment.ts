import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { handleBatch } from "../lib/batch.ts";
import { environment } from "../lib/environment.ts";
import type { Message } from "../lib/message.ts";
import type { Outcome } from "../lib/recordHandler.ts";
import { chargeOnce } from "../samples/charge.ts";
import { readPurchase, totalInCents } from "../samples/purchase.ts";

const { PAYMENTS_TABLE } = environment("PAYMENTS_TABLE");
const database = DynamoDBDocumentClient.from(new DynamoDBClient({}));

export const handler = handleBatch(recordHandler);

/** Charges an order's total, once. A refusal is recorded as a result, not an error. */
async function recordHandler(message: Message): Promise<Outcome> {
  const { orderId, items } = readPurchase(message.body);
  const payment = { paymentId: orderId, cents: totalInCents(items) };
  const { charge, isNew } = await chargeOnce(database, PAYMENTS_TABLE, payment);
  const { status: outcome, amount, reason } = charge;
  return { outcome, orderId, amount, reason, isNew };
}
