import type { FailedCondition, TransactionItems } from "../samples/transaction.ts";
import type { Booking } from "./booking.ts";
import { nightsOf } from "./stay.ts";

export type Tables = { readonly bookings: string; readonly nights: string };

/** Reserves every night of the stay and confirms the booking, if it is undecided. */
export function confirming({ bookings, nights }: Tables, booking: Booking): TransactionItems {
  const { bookingId, roomType, checkIn, checkOut } = booking;
  const taking = nightsOf(checkIn, checkOut).map((night) => ({
    Put: {
      TableName: nights,
      Item: { roomType, night, bookingId },
      ConditionExpression: "attribute_not_exists(night)",
    },
  }));
  return [deciding(bookings, bookingId, { outcome: "confirmed" }), ...taking];
}

export function rejecting(
  { bookings }: Tables,
  { bookingId }: Booking,
  reason: string,
): TransactionItems {
  return [deciding(bookings, bookingId, { outcome: "rejected", reason })];
}

/** The booking is the first item of both transactions. */
export function isDecided(failed: readonly FailedCondition[]): boolean {
  return failed.some(({ index }) => index === 0);
}

/** Why a booking could not be confirmed: `The suite is taken on 2026-05-31, 2026-06-01.` */
export function takenNights(
  { roomType, checkIn, checkOut }: Booking,
  failed: readonly FailedCondition[],
): string {
  const nights = nightsOf(checkIn, checkOut);
  const taken = failed.map(({ index }) => nights[index - 1]);
  return `The ${roomType} is taken on ${taken.join(", ")}.`;
}

function deciding(
  table: string,
  bookingId: string,
  decision: { readonly outcome: "confirmed" | "rejected"; readonly reason?: string },
): TransactionItems[number] {
  return {
    Update: {
      TableName: table,
      Key: { bookingId },
      UpdateExpression: "SET #status = :status, outcomes.reservations = :outcome",
      ConditionExpression: "#status = :received",
      ExpressionAttributeNames: { "#status": "status" },
      ExpressionAttributeValues: {
        ":received": "received",
        ":status": decision.outcome,
        ":outcome": { ...decision, at: new Date().toISOString() },
      },
    },
  };
}
