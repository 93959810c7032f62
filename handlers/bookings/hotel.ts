/** The hotel has one room of each type. Prices are in whole euros, so that sums are exact. */
export const rooms = {
  single: { mostGuests: 1, pricePerNight: 90 },
  double: { mostGuests: 2, pricePerNight: 140 },
  suite: { mostGuests: 4, pricePerNight: 260 },
} as const;

export const roomTypes = ["single", "double", "suite"] as const satisfies (keyof typeof rooms)[];

export type RoomType = (typeof roomTypes)[number];

/** The time zone of the hotel. */
const timeZone = "Europe/Berlin";

/** The current day at the hotel: `2026-05-31`. */
export function dayAtHotel(time: Date): string {
  // The Swedish date format is that of ISO 8601.
  return new Intl.DateTimeFormat("sv-SE", { timeZone }).format(time);
}
