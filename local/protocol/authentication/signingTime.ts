import { remembered } from "../remembered.ts";

/**
 * The clocks that callers sign by, in milliseconds since 1970. Nearly all sign by the machine's. The cloud's
 * is another one with `--speed` and in tests that drive it.
 */
export type SigningClocks = { readonly cloud: number; readonly machine: number };

/** How far a signature's time may be from the clock, in milliseconds. */
export const allowedSkew = 15 * 60_000;

/** Whether a signature is of now, by either clock; else by which one it is nearly so. */
export function isCurrent(time: number, { cloud, machine }: SigningClocks): boolean {
  return Math.abs(cloud - time) <= allowedSkew || Math.abs(machine - time) <= allowedSkew;
}

/** The clock that a time was taken from: the nearest. */
export function clockOf(time: number, { cloud, machine }: SigningClocks): number {
  return Math.abs(cloud - time) < Math.abs(machine - time) ? cloud : machine;
}

/** The time of `20261129T194024Z`; NaN for any other text. Thousands of requests may have the same one. */
export const parseBasicTime = remembered(100, (text) => {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
});

/** ISO 8601 in its basic form, as signatures have it: `20261129T194024Z`. */
export function basicTime(time: number): string {
  return new Date(time).toISOString().replace(/[-:]|\.\d+/g, "");
}
