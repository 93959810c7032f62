import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { publisher } from "../../publisher/publisher.ts";
import { handleBatch } from "../lib/batch.ts";
import { environment } from "../lib/environment.ts";
import type { Message } from "../lib/message.ts";
import type { Outcome } from "../lib/recordHandler.ts";
import { writeAll } from "../samples/transaction.ts";
import { type BookingEvent, bookingMessage, readBookingEvent } from "./booking.ts";
import { getBooking } from "./bookingTable.ts";
import { confirming, isDecided, rejecting, takenNights } from "./reservation.ts";

const { BOOKINGS_TABLE, NIGHTS_TABLE, TOPIC_ARN } = environment(
  "BOOKINGS_TABLE",
  "NIGHTS_TABLE",
  "TOPIC_ARN",
);
const tables = { bookings: BOOKINGS_TABLE, nights: NIGHTS_TABLE };
const database = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const bookings = publisher(bookingMessage, { topicArn: TOPIC_ARN });

/** One after another: the first booking in a batch gets the room. */
export const handler = handleBatch(recordHandler, { parallel: false });

/**
 * Reserves all nights of a booking or none, once, and publishes the decision. If it crashes between the two,
 * the message is received again: the decision stands and is published then.
 */
async function recordHandler(message: Message): Promise<Outcome> {
  const booking = readBookingEvent(message.body);
  const decision = await decide(booking);
  await bookings.publish(decision);
  const { event: outcome, bookingId } = decision;
  return { outcome, bookingId, ...(decision.event === "rejected" && { reason: decision.reason }) };
}

/** A night that is taken is a result, not an error. */
async function decide(booking: BookingEvent): Promise<BookingEvent> {
  const confirmation = confirming(tables, booking);
  const failed = await writeAll(database, confirmation);
  if (failed.length === 0) return { ...booking, event: "confirmed" };
  if (isDecided(failed)) return decisionOn(booking);
  const reason = takenNights(booking, failed);
  const refused = await writeAll(database, rejecting(tables, booking, reason));
  return refused.length === 0 ? { ...booking, event: "rejected", reason } : decisionOn(booking);
}

/** The decision of an earlier delivery of the message. */
async function decisionOn(booking: BookingEvent): Promise<BookingEvent> {
  const { status, outcomes } = await getBooking(database, BOOKINGS_TABLE, booking.bookingId);
  if (status === "confirmed") return { ...booking, event: "confirmed" };
  if (status === "rejected") {
    return { ...booking, event: "rejected", reason: outcomes.reservations?.reason ?? "" };
  }
  throw new Error(`booking ${booking.bookingId} was decided a moment ago, and now it is not`);
}
