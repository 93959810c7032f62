/** `14:05:09`, in UTC, as handlers log and as the command line prints. */
export function timeOfDay(time: number): string {
  return iso(time).slice(11, 19);
}

/** `14:05:09`, and of another day than now `29 Nov 14:05`. */
export function listedTime(time: number, now = time): string {
  return iso(time).slice(0, 10) === iso(now).slice(0, 10)
    ? timeOfDay(time)
    : `${dayOf.format(time)} ${iso(time).slice(11, 16)}`;
}

const dayOf = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

/** `2026-01-31 14:05:09.120 UTC` */
export function exactTime(time: number): string {
  return `${iso(time).slice(0, 23).replace("T", " ")} UTC`;
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

/** `+12 ms`, `+3.2 s`, `+5 min`: after something else. */
export function after(milliseconds: number): string {
  return `+${duration(milliseconds)}`;
}

export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 10_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  return age(milliseconds / 1000);
}

/** `8 s`, `5 min`, `3 h`, `2 d`: rounded down. */
export function age(seconds: number): string {
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}

/** `12 bytes`, `3.4 kB`, `1.2 MB` */
export function bytes(size: number): string {
  if (size < 1000) return count(size, "byte");
  return size < 1_000_000
    ? `${(size / 1000).toFixed(1)} kB`
    : `${(size / 1_000_000).toFixed(1)} MB`;
}

/** `1 message`, `2 messages` */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}

/** A text that is JSON, with one member on each line; any other as it is. */
export function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    // Most texts are not JSON, and shown as they are.
    return text;
  }
}

/** What an error says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
