import { invalidParameter, invalidParameterBecause } from "../errors.ts";

/**
 * Refuses a text that cannot be the ARN of something in a topic's region.
 *
 * @param parameter how the request calls it: `TopicArn`, `SubscriptionArn`
 */
export function checkArn(parameter: string, arn: string, region: string): void {
  const parts = arn.split(":");
  if (parts.length < 6) {
    throw invalidParameterBecause(
      parameter,
      `An ARN must have at least 6 elements, not ${parts.length}`,
    );
  }
  if (parts[0] !== "arn" || parts[2] !== "sns" || parts[3] !== region) {
    throw invalidParameter(parameter);
  }
}

/** A subscription's ARN is its topic's with an id behind it. */
export function checkSubscriptionArn(arn: string, region: string): void {
  checkArn("SubscriptionArn", arn, region);
  if (arn.split(":").length === 6) throw invalidParameter("SubscriptionId");
}
