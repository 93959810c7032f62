import * as v from "valibot";
import { parseJson } from "../lib/parseJson.ts";
import { roomTypes } from "./hotel.ts";
import { isDay } from "./stay.ts";

const day = v.pipe(v.string(), v.check(isDay, "Invalid day"));

/** A booking as the guest asked for it; it never changes. */
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

/** Fields that are not named here are ignored, so that a publisher may add some. */
const bookingEvent = v.variant("event", [
  v.object({ event: v.literal("requested"), ...booking }),
  v.object({ event: v.literal("confirmed"), ...booking }),
  v.object({ event: v.literal("rejected"), reason: v.string(), ...booking }),
]);

/** What happened to a booking, with the whole booking in it, so that no consumer has to ask another. */
export type BookingEvent = v.InferOutput<typeof bookingEvent>;

/** @throws PermanentError naming every problem by path */
export function readBookingEvent(body: string): BookingEvent {
  return parseJson(bookingEvent, body, "booking event");
}
