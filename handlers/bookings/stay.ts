/** Days are strings such as `2026-05-31`, which sort in the order of time. */

const dayMilliseconds = 24 * 60 * 60 * 1000;

/** Whether a string is a day of the calendar: `2026-02-29` is not. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && dayOf(time) === text;
}

export function daysAfter(day: string, days: number): string {
  return dayOf(timeOf(day) + days * dayMilliseconds);
}

/** The number of nights between two days; below 1 if the stay is empty, NaN if one is not a day. */
export function nightCount(checkIn: string, checkOut: string): number {
  return Math.round((timeOf(checkOut) - timeOf(checkIn)) / dayMilliseconds);
}

/** Each night of a stay, by the day on which it begins. */
export function nightsOf(checkIn: string, checkOut: string): string[] {
  return Array.from({ length: nightCount(checkIn, checkOut) }, (_, index) =>
    daysAfter(checkIn, index),
  );
}

function timeOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
