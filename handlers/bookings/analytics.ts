import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { handleBatch } from "../lib/batch.ts";
import { environment } from "../lib/environment.ts";
import type { Message } from "../lib/message.ts";
import type { Outcome } from "../lib/recordHandler.ts";
import { addOnce } from "../samples/addOnce.ts";
import { readBookingEvent } from "./booking.ts";
import { noteOutcome } from "./bookingTable.ts";

const { BOOKINGS_TABLE, COUNTS_TABLE, IDEMPOTENCY_TABLE } = environment(
  "BOOKINGS_TABLE",
  "COUNTS_TABLE",
  "IDEMPOTENCY_TABLE",
);
const tables = { sums: COUNTS_TABLE, markers: IDEMPOTENCY_TABLE };
const database = DynamoDBDocumentClient.from(new DynamoDBClient({}));

/** One after another: bookings of a day and room update the same counter, and would conflict. */
export const handler = handleBatch(recordHandler, { parallel: false });

/**
 * Counts bookings by the day of the request (UTC) and room type: how many were requested, confirmed,
 * rejected. An event counts once, however often it is delivered.
 */
async function recordHandler(message: Message): Promise<Outcome> {
  const { bookingId, event, roomType, requestedAt } = readBookingEvent(message.body);
  const isNew = await addOnce(database, tables, {
    event: `${bookingId} ${event}`,
    key: { day: requestedAt.slice(0, 10), roomType },
    add: { [event]: 1 },
  });
  const outcome = "counted";
  await noteOutcome(database, BOOKINGS_TABLE, bookingId, { consumer: "analytics", outcome });
  return { outcome, bookingId, event, isNew };
}
