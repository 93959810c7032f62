import { isObject } from "../../../aws/isObject.ts";
import type { Booking, BookingEvent } from "../../../handlers/bookings/booking.ts";
import type { BookingRequest } from "../../../handlers/bookings/bookingRequest.ts";
import { daysAfter } from "../../../handlers/bookings/stay.ts";

/** Booking 1: the suite for two nights, by Ada, unless a test says otherwise. */
export function booking(changes: Partial<Booking> = {}): Booking {
  return {
    bookingId: bookingId(1),
    requestedAt: "2026-01-31T10:30:00.000Z",
    roomType: "suite",
    checkIn: "2026-05-30",
    checkOut: "2026-06-01",
    guests: 2,
    name: "Ada Lovelace",
    email: "ada@example.com",
    total: 520,
    ...changes,
  };
}

export function bookingId(number: number): string {
  return String(number).padStart(32, "0");
}

/** The body of a message about what happened to a booking. */
export function bookingEvent(
  event: BookingEvent["event"],
  changes: Partial<Booking> = {},
  reason = "The suite is taken on 2026-05-30.",
): string {
  return JSON.stringify({ event, ...(event === "rejected" && { reason }), ...booking(changes) });
}

/** How the front door stores a booking before anyone has dealt with it. */
export function storedBooking(changes: Partial<Booking> = {}): Readonly<Record<string, unknown>> {
  return { ...booking(changes), list: "all", status: "received", outcomes: {} };
}

/** What a consumer noted with a stored booking. */
export function notedBy(
  consumer: string,
  item: Readonly<Record<string, unknown>> | undefined,
): Readonly<Record<string, unknown>> | undefined {
  const outcomes = item?.outcomes;
  const noted = isObject(outcomes) ? outcomes[consumer] : undefined;
  return isObject(noted) ? noted : undefined;
}

/**
 * What a guest fills in.
 *
 * @param days from now until the arrival: the hotel takes no bookings of the past
 */
export function bookingRequest(
  days: number,
  changes: Partial<BookingRequest> = {},
): BookingRequest {
  const today = new Date().toISOString().slice(0, 10);
  return {
    roomType: "suite",
    checkIn: daysAfter(today, days),
    checkOut: daysAfter(today, days + 2),
    guests: 2,
    name: "Ada Lovelace",
    email: "ada@example.com",
    ...changes,
  };
}
