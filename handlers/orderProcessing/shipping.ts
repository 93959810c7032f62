import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { handleBatch } from "../lib/batch.ts";
import { environment } from "../lib/environment.ts";
import type { Message } from "../lib/message.ts";
import { PermanentError } from "../lib/permanentError.ts";
import { type Outcome, skipped } from "../lib/recordHandler.ts";
import { putOnce } from "../samples/putOnce.ts";
import { readShippedPurchase, shipmentOf } from "./shipment.ts";

const { SHIPMENTS_TABLE } = environment("SHIPMENTS_TABLE");
const database = DynamoDBDocumentClient.from(new DynamoDBClient({}));

export const handler = handleBatch(recordHandler);

/** Prepares the parcels of an order, each with a tracking id, once. */
async function recordHandler(message: Message): Promise<Outcome> {
  const purchase = readShippedPurchase(message.body);
  const { orderId } = purchase;
  const shipment = shipmentOf(purchase);
  if (shipment === undefined) throw new PermanentError(`order ${orderId} is too large for parcels`);
  const isNew = await putOnce(database, SHIPMENTS_TABLE, "orderId", shipment);
  const about = { orderId, parcels: shipment.parcels.length };
  return isNew ? { outcome: "ready", ...about } : skipped("unchanged", about);
}
