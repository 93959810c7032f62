import { instantOf, wallTime } from "./timeZone.ts";

const milliseconds: Readonly<Record<string, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#rate-based */
const ratePattern = /^rate\((?<count>[1-9]\d*) (?<unit>minute|hour|day)s?\)$/;

/** How often `rate(5 minutes)` is; 0 for an expression of another kind. */
function rateMilliseconds(expression: string): number {
  const { count = "", unit = "" } = ratePattern.exec(expression)?.groups ?? {};
  return Number(count) * (milliseconds[unit] ?? 0);
}

/** The time of `at(2026-11-29T10:00:00)`, in milliseconds since 1970; undefined for another kind. */
export function onceAt(expression: string, zone = "UTC"): number | undefined {
  const time = /^at\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)$/.exec(expression)?.[1];
  const milliseconds = time === undefined ? Number.NaN : Date.parse(`${time}Z`);
  return Number.isNaN(milliseconds) ? undefined : instantOf(milliseconds, zone);
}

/** The fields of a cron expression, in their order, with their ranges and the names of their values. */
const fields = [
  { lowest: 0, highest: 59, names: [] },
  { lowest: 0, highest: 23, names: [] },
  { lowest: 1, highest: 31, names: [] },
  {
    lowest: 1,
    highest: 12,
    names: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
  },
  { lowest: 1, highest: 7, names: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"] },
  { lowest: 1970, highest: 2199, names: [] },
] as const;

type FieldRule = (typeof fields)[number];

/** `cron(0 12 * * ? *)`: sets of minutes, hours, days of the month, months, days of the week, and years. */
type Cron = readonly ReadonlySet<number>[];

/** Days such as `L`, `15W`, `FRIL` and `MON#2`, which `nextTime` does not know. */
const relativeDay = / (LW?|\w+[LW]|\w+#[1-5])(?= )/g;

/** Whether AWS accepts the expression of a schedule, as far as its fields tell. */
export function isAcceptedSchedule(expression: string): boolean {
  return (
    onceAt(expression) !== undefined || isScheduleExpression(expression.replace(relativeDay, " 1"))
  );
}

/** Whether the expression is a rate, or a cron expression without `L`, `W` and `#`. */
export function isScheduleExpression(expression: string): boolean {
  return ratePattern.test(expression) || parseCron(expression) !== undefined;
}

/**
 * When a schedule is due next, in milliseconds since 1970.
 *
 * @param after the time before
 * @param zone the time zone of a cron expression
 * @returns undefined for an expression that is none, and for one that is not due in the next eight years
 */
export function nextTime(expression: string, after: number, zone = "UTC"): number | undefined {
  const rate = rateMilliseconds(expression);
  if (rate > 0) return after + rate;
  const cron = parseCron(expression);
  return cron && nextCronInstant(cron, after, zone);
}

/** Clocks that are set back show some times twice, of which the first counts. */
function nextCronInstant(cron: Cron, after: number, zone: string): number | undefined {
  let wall = nextCronTime(cron, wallTime(after, zone));
  while (wall !== undefined && instantOf(wall, zone) <= after) wall = nextCronTime(cron, wall);
  return wall === undefined ? undefined : instantOf(wall, zone);
}

function nextCronTime(cron: Cron, after: number): number | undefined {
  const [minutes, hours, days, months, weekdays, years] = cron;
  const date = new Date(after);
  date.setUTCSeconds(0, 0);
  date.setUTCMinutes(date.getUTCMinutes() + 1);
  const lastYear = date.getUTCFullYear() + 8;
  while (date.getUTCFullYear() <= lastYear) {
    const isDay =
      years?.has(date.getUTCFullYear()) &&
      months?.has(date.getUTCMonth() + 1) &&
      days?.has(date.getUTCDate()) &&
      weekdays?.has(date.getUTCDay() + 1);
    if (!isDay) date.setUTCHours(24, 0, 0, 0);
    else if (!hours?.has(date.getUTCHours())) date.setUTCHours(date.getUTCHours() + 1, 0, 0, 0);
    else if (!minutes?.has(date.getUTCMinutes())) date.setUTCMinutes(date.getUTCMinutes() + 1);
    else return date.getTime();
  }
  return undefined;
}

function parseCron(expression: string): Cron | undefined {
  const texts = /^cron\((.+)\)$/.exec(expression)?.[1]?.trim().split(/\s+/) ?? [];
  if (texts.length !== fields.length || !leavesDayOpen(texts)) return undefined;
  const sets = fields.map((field, index) => valuesOf(field, texts[index] ?? ""));
  return sets.every((each) => each !== undefined) ? sets : undefined;
}

/**
 * Whether the day of the month or that of the week is `?`, which AWS requires.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based
 */
function leavesDayOpen([, , dayOfMonth, , dayOfWeek]: readonly string[]): boolean {
  return dayOfMonth === "?" || dayOfWeek === "?";
}

function valuesOf(field: FieldRule, text: string): ReadonlySet<number> | undefined {
  const values = new Set<number>();
  for (const part of text.split(",")) {
    const range = rangeOf(field, part);
    if (range === undefined) return undefined;
    for (let value = range.from; value <= range.to; value += range.step) values.add(value);
  }
  return values;
}

/** `*`, `?`, `5`, `1-5`, `0/15`, `MON-FRI` */
function rangeOf(field: FieldRule, part: string) {
  const [base = "", stepText] = part.split("/");
  const step = stepText === undefined ? 1 : Number(stepText);
  const [first = "", last = stepText === undefined ? first : undefined] = base.split("-");
  const isAll = base === "*" || base === "?";
  const from = isAll ? field.lowest : numberOf(field, first);
  const to = isAll || last === undefined ? field.highest : numberOf(field, last);
  const isRight = from >= field.lowest && to <= field.highest && Number.isInteger(step) && step > 0;
  return isRight ? { from, to, step } : undefined;
}

function numberOf({ names, lowest }: FieldRule, text: string): number {
  const index = (names as readonly string[]).indexOf(text.toUpperCase());
  if (index >= 0) return lowest + index;
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}
