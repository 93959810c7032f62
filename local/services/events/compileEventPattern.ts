import { compilePattern, PatternError, type PatternMatcher } from "../../../aws/eventPattern.ts";
import { AwsError } from "../../protocol/awsError.ts";

/**
 * The matcher of a pattern that is JSON text.
 * @throws AwsError InvalidEventPatternException
 */
export function compileEventPattern(pattern: string): PatternMatcher {
  try {
    return compilePattern(JSON.parse(pattern));
  } catch (error) {
    if (!(error instanceof PatternError || error instanceof SyntaxError)) throw error;
    const message = `Event pattern is not valid. Reason: ${error.message}`;
    throw new AwsError("InvalidEventPatternException", message);
  }
}
