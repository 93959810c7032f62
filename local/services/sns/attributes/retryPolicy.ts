/**
 * How often and when a failed delivery is tried again: first at once, then after the shortest delay,
 * then with growing delays, then after the longest.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
 */
export type RetryPolicy = {
  /** All retries of the four phases together, 0 to 100 for HTTP. */
  readonly numRetries: number;
  readonly numNoDelayRetries: number;
  readonly numMinDelayRetries: number;
  readonly numMaxDelayRetries: number;
  /** Seconds. */
  readonly minDelayTarget: number;
  /** Seconds. */
  readonly maxDelayTarget: number;
  readonly backoffFunction: BackoffFunction;
};

export type BackoffFunction = "linear" | "arithmetic" | "geometric" | "exponential";

/** Endpoints that AWS runs (SQS, Lambda, Firehose): 100,015 retries over 23 days. */
export const managedEndpointRetries: RetryPolicy = {
  numRetries: 100_015,
  numNoDelayRetries: 3,
  numMinDelayRetries: 2,
  numMaxDelayRetries: 100_000,
  minDelayTarget: 1,
  maxDelayTarget: 20,
  backoffFunction: "exponential",
};

/** HTTP endpoints whose subscription and topic have no delivery policy: three retries, 20 seconds apart. */
export const defaultHttpRetries: RetryPolicy = {
  minDelayTarget: 20,
  maxDelayTarget: 20,
  numRetries: 3,
  numMaxDelayRetries: 0,
  numNoDelayRetries: 0,
  numMinDelayRetries: 0,
  backoffFunction: "linear",
};

/**
 * The seconds to wait before a retry, or undefined when there is none left.
 *
 * @param retry 1 for the first retry
 */
export function retryDelay(policy: RetryPolicy, retry: number): number | undefined {
  if (retry > policy.numRetries) return undefined;
  const { numNoDelayRetries, numMinDelayRetries, numMaxDelayRetries } = policy;
  if (retry <= numNoDelayRetries) return 0;
  const afterImmediate = retry - numNoDelayRetries;
  if (afterImmediate <= numMinDelayRetries) return policy.minDelayTarget;
  const step = afterImmediate - numMinDelayRetries;
  const steps = policy.numRetries - numNoDelayRetries - numMinDelayRetries - numMaxDelayRetries;
  return step > steps ? policy.maxDelayTarget : backoff(policy, step, steps);
}

/** From the shortest delay at the first step to the longest at the last. AWS adds jitter, this does not. */
function backoff(policy: RetryPolicy, step: number, steps: number): number {
  const { minDelayTarget: shortest, maxDelayTarget: longest, backoffFunction } = policy;
  const progress = steps === 1 ? 0 : (step - 1) / (steps - 1);
  if (backoffFunction === "linear") return shortest + (longest - shortest) * progress;
  if (backoffFunction === "arithmetic") return shortest + (longest - shortest) * progress ** 2;
  return shortest * (longest / shortest) ** progress;
}
