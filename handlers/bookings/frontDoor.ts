import { createHash, randomUUID } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { publisher } from "../../publisher/publisher.ts";
import { environment } from "../lib/environment.ts";
import { logger } from "../lib/logger.ts";
import {
  HttpError,
  type HttpRequest,
  type HttpResponse,
  handleRoutes,
  json,
} from "../samples/httpApi.ts";
import { readJsonBody } from "../samples/jsonBody.ts";
import { type Booking, bookingMessage } from "./booking.ts";
import { type BookingRequest, bookingRequest } from "./bookingRequest.ts";
import { latestBookings, type StoredBooking, storeBooking } from "./bookingTable.ts";
import { dayAtHotel, rooms } from "./hotel.ts";
import { nightCount } from "./stay.ts";

const { BOOKINGS_TABLE, TOPIC_ARN } = environment("BOOKINGS_TABLE", "TOPIC_ARN");
const database = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const bookings = publisher(bookingMessage, { topicArn: TOPIC_ARN });

const mostBytes = 4096;
const listed = 20;

export const handler = handleRoutes({ "POST /bookings": book, "GET /bookings": list });

/**
 * Accepts a booking: stores it, publishes it as `requested`, and answers 202 with its id. The list shows the
 * result.
 *
 * A caller that received no response may repeat the request with the same `Idempotency-Key`: it is published
 * again, but remains one booking.
 */
async function book(request: HttpRequest): Promise<HttpResponse> {
  const requested = readJsonBody(bookingRequest(dayAtHotel(new Date())), request, mostBytes);
  const booking = newBooking(bookingIdFor(request), requested);
  const stored = await storeBooking(database, BOOKINGS_TABLE, booking);
  if (!isSameRequest(stored, booking)) {
    throw new HttpError(409, "This Idempotency-Key belongs to another booking.");
  }
  await bookings.publish({ event: "requested", ...bookingOf(stored) });
  logger.info("received", { bookingId: stored.bookingId, roomType: stored.roomType });
  return json(202, publicView(stored));
}

async function list(): Promise<HttpResponse> {
  const latest = await latestBookings(database, BOOKINGS_TABLE, listed);
  return json(200, { bookings: latest.map(publicView) });
}

function newBooking(bookingId: string, requested: BookingRequest): Booking {
  const { roomType, checkIn, checkOut } = requested;
  const total = rooms[roomType].pricePerNight * nightCount(checkIn, checkOut);
  return { bookingId, requestedAt: new Date().toISOString(), ...requested, total };
}

/** A digest of the key: ids are public, keys are not. */
function bookingIdFor({ headers }: HttpRequest): string {
  const key = headers["idempotency-key"] ?? randomUUID();
  if (!/^[\w-]{16,64}$/.test(key)) {
    throw new HttpError(400, "Please check: Idempotency-Key.", [
      {
        field: "Idempotency-Key",
        message: "Send 16 to 64 letters, digits, - or _, such as a UUID.",
      },
    ]);
  }
  return createHash("sha256").update(key).digest("hex").slice(0, 32);
}

function isSameRequest(a: Booking, b: Booking): boolean {
  const fields = ["roomType", "checkIn", "checkOut", "guests", "name", "email"] as const;
  return fields.every((field) => a[field] === b[field]);
}

function bookingOf({ status: _status, outcomes: _outcomes, ...booking }: StoredBooking): Booking {
  return booking;
}

/** The list is public, so it does not identify the guests. */
function publicView({ name: _name, email: _email, ...booking }: StoredBooking): object {
  return booking;
}
