import type { Mail } from "../samples/mailOnce.ts";
import type { BookingEvent } from "./booking.ts";
import { nightCount } from "./stay.ts";

type Decision = Exclude<BookingEvent, { event: "requested" }>;

/** The mail about a decision. */
export function mailAbout(booking: Decision): Mail {
  const { subject, opening, closing } = words(booking);
  const paragraphs = [`Dear ${booking.name},`, opening, facts(booking), closing];
  return { to: booking.email, subject, text: `${paragraphs.join("\n\n")}\n` };
}

function words(booking: Decision) {
  if (booking.event === "confirmed") {
    return {
      subject: `Your ${booking.roomType} is booked, from ${longDay(booking.checkIn)}`,
      opening: "Your booking is confirmed:",
      closing: "We look forward to your stay.",
    };
  }
  return {
    subject: `Your booking of the ${booking.roomType} is not possible`,
    opening: `We are sorry. ${withLongDays(booking.reason)} This is what you asked for:`,
    closing: "Nothing is charged. Perhaps another room or other days will do?",
  };
}

function facts(booking: BookingEvent): string {
  const nights = nightCount(booking.checkIn, booking.checkOut);
  return [
    `  Room:    ${booking.roomType}`,
    `  Arrive:  ${longDay(booking.checkIn)}`,
    `  Leave:   ${longDay(booking.checkOut)}`,
    `  Guests:  ${booking.guests}`,
    `  Total:   ${booking.total} euros for ${nights} ${nights === 1 ? "night" : "nights"}`,
    `  Booking: ${booking.bookingId}`,
  ].join("\n");
}

const dayFormat = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

/** `31 May 2026` */
function longDay(day: string): string {
  return dayFormat.format(new Date(`${day}T00:00:00Z`));
}

function withLongDays(text: string): string {
  return text.replaceAll(/\d{4}-\d{2}-\d{2}/g, longDay);
}
