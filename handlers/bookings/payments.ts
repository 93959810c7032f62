import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { handleBatch } from "../lib/batch.ts";
import { environment } from "../lib/environment.ts";
import type { Message } from "../lib/message.ts";
import type { Outcome } from "../lib/recordHandler.ts";
import { chargeOnce } from "../samples/charge.ts";
import { readBookingEvent } from "./booking.ts";
import { noteOutcome } from "./bookingTable.ts";

const { BOOKINGS_TABLE, CHARGES_TABLE } = environment("BOOKINGS_TABLE", "CHARGES_TABLE");
const database = DynamoDBDocumentClient.from(new DynamoDBClient({}));

export const handler = handleBatch(recordHandler);

/** Charges a confirmed booking, once, however often the event is delivered. */
async function recordHandler(message: Message): Promise<Outcome> {
  const { bookingId, total } = readBookingEvent(message.body);
  const payment = { paymentId: bookingId, cents: total * 100 };
  const { charge, isNew } = await chargeOnce(database, CHARGES_TABLE, payment);
  const { status: outcome, amount, reason } = charge;
  const said = { outcome, ...(reason !== undefined && { reason }) };
  await noteOutcome(database, BOOKINGS_TABLE, bookingId, { consumer: "payments", ...said });
  return { ...said, bookingId, amount, isNew };
}
