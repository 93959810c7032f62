/** How often an event was tried, and how it may go on. */
export type Attempts = {
  /** How many times the function has run on the event, this time included. */
  readonly invocations: number;
  /** How many times in a row there was no concurrency for it, this time included. */
  readonly throttles: number;
  /** Cloud time at which the event was accepted, in milliseconds. */
  readonly acceptedAt: number;
};

export type RetryLimits = {
  /** 0 to 2. */
  readonly maximumRetryAttempts: number;
  /** 60 to 21,600. */
  readonly maximumEventAgeSeconds: number;
  readonly reservedConcurrency?: number;
};

export type NextStep =
  | { readonly kind: "retry"; readonly at: number }
  | { readonly kind: "giveUp"; readonly condition: FailureCondition };

/** Why Lambda gave an event up, in the words of its destination records. */
export type FailureCondition = "RetriesExhausted" | "EventAgeExceeded" | "ZeroReservedConcurrency";

/**
 * What Lambda does with an event whose function failed: a second try after one minute, a third after
 * two more, as far as the event does not grow too old.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 *
 * @param now cloud time in milliseconds
 */
export function afterFailure(attempts: Attempts, limits: RetryLimits, now: number): NextStep {
  if (attempts.invocations > limits.maximumRetryAttempts) {
    return { kind: "giveUp", condition: "RetriesExhausted" };
  }
  return retryAt(now + attempts.invocations * 60_000, attempts, limits);
}

/** The same for an event that was throttled: after 1 second, 2, 4, ... up to 5 minutes. */
export function afterThrottle(attempts: Attempts, limits: RetryLimits, now: number): NextStep {
  if (limits.reservedConcurrency === 0) {
    return { kind: "giveUp", condition: "ZeroReservedConcurrency" };
  }
  const seconds = Math.min(2 ** (attempts.throttles - 1), 300);
  return retryAt(now + seconds * 1000, attempts, limits);
}

function retryAt(at: number, attempts: Attempts, limits: RetryLimits): NextStep {
  return at - attempts.acceptedAt >= limits.maximumEventAgeSeconds * 1000
    ? { kind: "giveUp", condition: "EventAgeExceeded" }
    : { kind: "retry", at };
}
