import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as v from "valibot";
import { putOnce } from "../samples/putOnce.ts";
import { writeAll } from "../samples/transaction.ts";
import { type Booking, bookingShape } from "./booking.ts";

/** Consumers that record their outcome by `noteOutcome`; `reservations` records it with its decision. */
export type Consumer = "payments" | "notifications" | "analytics";

const outcome = v.object({
  outcome: v.string(),
  /** ISO 8601, UTC. */
  at: v.string(),
  reason: v.optional(v.string()),
});

/** The outcome of a booking at a consumer, in a word or two, and the reason. */
export type ConsumerOutcome = v.InferOutput<typeof outcome>;

const storedBooking = v.object({
  ...bookingShape.entries,
  status: v.picklist(["received", "confirmed", "rejected"]),
  /** By consumer's name; those that have not come to it yet are absent. */
  outcomes: v.record(v.string(), outcome),
});

export type StoredBooking = v.InferOutput<typeof storedBooking>;

/** The index of the latest bookings has one partition, which accepts 1,000 writes a second. */
const latestIndex = "latest";
const everyBooking = "all";

/**
 * Stores a new booking unless there is one with its id.
 *
 * @returns the stored booking, which may be the earlier one
 */
export async function storeBooking(
  database: DynamoDBDocumentClient,
  table: string,
  booking: Booking,
): Promise<StoredBooking> {
  const stored = { ...booking, status: "received", outcomes: {} } as const;
  const isNew = await putOnce(database, table, "bookingId", { ...stored, list: everyBooking });
  return isNew ? stored : getBooking(database, table, booking.bookingId);
}

/** @throws Error when there is none */
export async function getBooking(
  database: DynamoDBDocumentClient,
  table: string,
  bookingId: string,
): Promise<StoredBooking> {
  const { Item } = await database.send(
    new GetCommand({ TableName: table, Key: { bookingId }, ConsistentRead: true }),
  );
  if (Item === undefined) throw new Error(`booking ${bookingId} is not in the table ${table}`);
  return v.parse(storedBooking, Item);
}

/** The latest first. The index is eventually consistent: a booking made just now may be missing. */
export async function latestBookings(
  database: DynamoDBDocumentClient,
  table: string,
  limit: number,
): Promise<StoredBooking[]> {
  const { Items = [] } = await database.send(
    new QueryCommand({
      TableName: table,
      IndexName: latestIndex,
      KeyConditionExpression: "#list = :list",
      ExpressionAttributeNames: { "#list": "list" },
      ExpressionAttributeValues: { ":list": everyBooking },
      ScanIndexForward: false,
      Limit: limit,
    }),
  );
  return Items.map((item) => v.parse(storedBooking, item));
}

/**
 * Records the outcome of a booking at a consumer, once: the first one stays. The write is a transaction,
 * although it is one item, so that conflicts between consumers are retried here and not by redelivery.
 *
 * @throws Error when there is no such booking
 */
export async function noteOutcome(
  database: DynamoDBDocumentClient,
  table: string,
  bookingId: string,
  { consumer, ...outcome }: { readonly consumer: Consumer } & Omit<ConsumerOutcome, "at">,
): Promise<void> {
  const update = {
    TableName: table,
    Key: { bookingId },
    UpdateExpression: "SET outcomes.#consumer = if_not_exists(outcomes.#consumer, :outcome)",
    ConditionExpression: "attribute_exists(bookingId)",
    ExpressionAttributeNames: { "#consumer": consumer },
    ExpressionAttributeValues: { ":outcome": { ...outcome, at: new Date().toISOString() } },
  };
  const failed = await writeAll(database, [{ Update: update }]);
  if (failed.length > 0) throw new Error(`booking ${bookingId} is not in the table ${table}`);
}
