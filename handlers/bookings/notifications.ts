import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Context } from "aws-lambda";
import { handleBatch } from "../lib/batch.ts";
import { environment } from "../lib/environment.ts";
import type { Message } from "../lib/message.ts";
import { PermanentError } from "../lib/permanentError.ts";
import type { Outcome } from "../lib/recordHandler.ts";
import { mailOnce } from "../samples/mailOnce.ts";
import { readBookingEvent } from "./booking.ts";
import { noteOutcome } from "./bookingTable.ts";
import { mailAbout } from "./mail.ts";

const { BOOKINGS_TABLE, IDEMPOTENCY_TABLE, SENDER } = environment(
  "BOOKINGS_TABLE",
  "IDEMPOTENCY_TABLE",
  "SENDER",
);
const database = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const send = mailOnce({ table: IDEMPOTENCY_TABLE, operation: "booking-mail", sender: SENDER });

export const handler = handleBatch(recordHandler);

/** Notifies the guest whether the booking is confirmed, once, however often the event is delivered. */
async function recordHandler(message: Message, context: Context): Promise<Outcome> {
  const booking = readBookingEvent(message.body);
  const { bookingId, event } = booking;
  if (event === "requested") throw new PermanentError("nothing to tell the guest of a request");
  const { mailId } = await send({ key: `${bookingId} ${event}`, ...mailAbout(booking) }, context);
  const said = { outcome: "sent", reason: event };
  await noteOutcome(database, BOOKINGS_TABLE, bookingId, { consumer: "notifications", ...said });
  return { ...said, bookingId, mailId };
}
