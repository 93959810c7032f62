/**
 * The time on the clocks of a time zone, in milliseconds since 1970 as if the zone were UTC.
 *
 * @param zone of the IANA database, such as `Europe/Berlin`
 */
export function wallTime(instant: number, zone: string): number {
  if (zone === "UTC") return instant;
  const parts = formatOf(zone).formatToParts(instant);
  const [year, month, day, hour, minute, second] = fields.map((type) =>
    Number(parts.find((part) => part.type === type)?.value),
  );
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second) + (instant % 1000);
}

/** When the clocks of a time zone show a time; of one that they skip, an hour later. */
export function instantOf(wall: number, zone: string): number {
  const guess = wall - (wallTime(wall, zone) - wall);
  return guess - (wallTime(guess, zone) - wall);
}

/** Whether there is a time zone of that name. */
export function isTimeZone(name: string): boolean {
  try {
    formatOf(name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

const fields = ["year", "month", "day", "hour", "minute", "second"] as const;

function formatOf(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
}
