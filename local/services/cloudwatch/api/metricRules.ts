import { AwsError, notSupported } from "../../../protocol/awsError.ts";
import { isStatistic } from "../statistics.ts";

const shortPeriods = [1, 5, 10, 20, 30];

/** @param period in seconds */
export function requirePeriod(period: number): void {
  if (shortPeriods.includes(period) || (period > 0 && period % 60 === 0)) return;
  throw new AwsError(
    "InvalidParameterValue",
    `The value ${period} for parameter Period is not supported. Valid values are 1, 5, 10, 20, 30, or any multiple of 60.`,
  );
}

export function requireRange(times: {
  readonly StartTime: number;
  readonly EndTime: number;
}): void {
  if (times.StartTime < times.EndTime) return;
  throw new AwsError(
    "ValidationError",
    "The parameter StartTime must be less than the parameter EndTime.",
  );
}

/** @throws AwsError for one that is computed on AWS only */
export function requireStatistic(name: string): void {
  if (!isStatistic(name)) throw notSupported(`the statistic "${name}"`);
}

export function invalidToken(): AwsError {
  return new AwsError("InvalidNextToken", "The next token specified is invalid.");
}
