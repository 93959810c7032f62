import * as v from "valibot";
import { messageType } from "../lib/messages/messageType.ts";
import { parseJson } from "../lib/parseJson.ts";
import { roomTypes } from "./hotel.ts";
import { isDay } from "./stay.ts";

const day = v.pipe(v.string(), v.check(isDay, "Invalid day"));

/** A booking as the guest requested it; it never changes. */
const booking = {
  bookingId: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/, "Invalid booking id")),
  /** ISO 8601, UTC. */
  requestedAt: v.pipe(v.string(), v.isoTimestamp()),
  roomType: v.picklist(roomTypes),
  /** Of the first night. */
  checkIn: day,
  /** The day after the last night. */
  checkOut: day,
  guests: v.pipe(v.number(), v.integer(), v.minValue(1)),
  name: v.string(),
  email: v.pipe(v.string(), v.email()),
  /** For all nights, in whole euros. */
  total: v.pipe(v.number(), v.integer(), v.minValue(0)),
};

export const bookingShape = v.object(booking);

export type Booking = v.InferOutput<typeof bookingShape>;

/** Other fields are ignored, so that a publisher may add some. */
const bookingEvent = v.variant("event", [
  v.object({ event: v.literal("requested"), ...booking }),
  v.object({ event: v.literal("confirmed"), ...booking }),
  v.object({ event: v.literal("rejected"), reason: v.string(), ...booking }),
]);

/** An event of a booking. It holds the whole booking, so that no consumer depends on another. */
export type BookingEvent = v.InferOutput<typeof bookingEvent>;

/** Consumers filter by the attributes. */
export const bookingMessage = messageType("booking event", {
  schema: bookingEvent,
  attributes: ["event", "roomType"],
});

/** @throws PermanentError naming every problem by path */
export function readBookingEvent(body: string): BookingEvent {
  return parseJson(bookingEvent, body, "booking event");
}
