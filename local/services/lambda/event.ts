import { functionLimits } from "../../../aws/limits.ts";
import { AwsError } from "../../protocol/awsError.ts";

/** The largest event of a synchronous invocation, in bytes. */
export const largestEvent = 6_291_456;

/** The largest event of an asynchronous invocation, in bytes. */
export const largestAsynchronousEvent = functionLimits.asynchronousEventBytes;

/**
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html#function-configuration-deployment-and-execution
 *
 * @throws AwsError `RequestTooLargeException`
 */
export function refuseLargerThan(largest: number, event: string): void {
  if (Buffer.byteLength(event) <= largest) return;
  throw new AwsError(
    "RequestTooLargeException",
    `Request must be smaller than ${largest} bytes for the InvokeFunction operation`,
    { status: 413 },
  );
}
