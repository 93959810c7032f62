/** The house: one room of each type. Prices are in whole euros, so that sums are exact. */
export const rooms = {
  single: { mostGuests: 1, pricePerNight: 90 },
  double: { mostGuests: 2, pricePerNight: 140 },
  suite: { mostGuests: 4, pricePerNight: 260 },
} as const;

export const roomTypes = ["single", "double", "suite"] as const satisfies (keyof typeof rooms)[];

export type RoomType = (typeof roomTypes)[number];

/** Nights are nights where the house stands. */
const timeZone = "Europe/Berlin";

/** The day it is at the house: `2026-05-31`. */
export function dayAtHotel(time: Date): string {
  // Sweden writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat("sv-SE", { timeZone }).format(time);
}
