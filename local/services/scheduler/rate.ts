const milliseconds: Readonly<Record<string, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#rate-based */
export const ratePattern = /^rate\((?<count>[1-9]\d*) (?<unit>minute|hour|day)s?\)$/;

/** How often `rate(5 minutes)` is; 0 for an expression of another kind. */
export function rateMilliseconds(expression: string): number {
  const { count = "", unit = "" } = ratePattern.exec(expression)?.groups ?? {};
  return Number(count) * (milliseconds[unit] ?? 0);
}
