import * as pulumi from "@pulumi/pulumi";
import { functionTimeout, type ResolvedHandler } from "./consumerFunction.ts";

/**
 * Six times the function's timeout, plus the window: Lambda's poller needs the time to retry throttled invocations
 * before the messages become visible again.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
export function advisedVisibilityTimeout(timeoutSeconds: number, windowSeconds: number): number {
  return 6 * timeoutSeconds + windowSeconds;
}

/** What a consumer of a queue says of it. */
type Given = {
  readonly visibilityTimeoutSeconds?: pulumi.Input<number>;
  readonly batchWindowSeconds?: pulumi.Input<number>;
};

/** Of a new queue: the given one, or the advised one for the function. */
export function visibilityTimeout(
  { visibilityTimeoutSeconds: given, batchWindowSeconds: window = 0 }: Given,
  handler: ResolvedHandler | undefined,
): pulumi.Input<number> | undefined {
  if (given !== undefined) return given;
  if (handler === undefined) return undefined;
  const timeout = functionTimeout(handler);
  if (typeof timeout === "number" && typeof window === "number") {
    return advisedVisibilityTimeout(timeout, window);
  }
  return pulumi
    .all([timeout, window])
    .apply(([known, seconds]) => advisedVisibilityTimeout(known, seconds));
}
