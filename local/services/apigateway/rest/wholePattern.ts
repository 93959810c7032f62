import { AwsError } from "../../../protocol/awsError.ts";

/**
 * A pattern that all of a text has to match.
 *
 * @param what the pattern is to API Gateway: `selection pattern`
 * @throws AwsError BadRequestException for a pattern that is no regular expression
 */
export function wholePattern(what: string, pattern: string): RegExp {
  try {
    return new RegExp(`^(?:${pattern})$`, "s");
  } catch (error) {
    throw new AwsError("BadRequestException", `Invalid ${what} specified: ${pattern} (${error})`);
  }
}
