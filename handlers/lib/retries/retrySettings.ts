import * as v from "valibot";

/** Delays before the receives of a failed message, in seconds. */
export type Backoff = {
  /** Before the second receive. */
  readonly first: number;
  /** By how much each delay is longer than the one before it. */
  readonly factor: number;
  readonly maximum: number;
  /** Of any delay: SQS's limit, less the time that the message may have been in flight. */
  readonly limit: number;
};

/** How a queue's failed messages are retried. */
export type RetrySettings = {
  /** Both are undefined if the queue's visibility timeout is the delay. */
  readonly queueUrl?: string | undefined;
  readonly backoff?: Backoff | undefined;
  /** Undefined if messages with permanent errors are retried like others. */
  readonly deadLetterQueueUrl?: string | undefined;
};

/** Set by the component on the functions of queues with `retries`. */
const variable = "FANOUT_RETRIES";

const schema = v.object({
  queueUrl: v.optional(v.string()),
  backoff: v.optional(
    v.object({ first: v.number(), factor: v.number(), maximum: v.number(), limit: v.number() }),
  ),
  deadLetterQueueUrl: v.optional(v.string()),
});

/** The settings in the function's environment; none outside of a queue with `retries`. */
export function retrySettings(): RetrySettings {
  const text = process.env[variable];
  return text === undefined ? {} : v.parse(schema, JSON.parse(text));
}

/**
 * Receives after which the queue moves a message to its dead-letter queue, which the component sets where the
 * handler depends on it. Infinite if it is not known.
 */
export function maxReceiveCountOfQueue(): number {
  const given = Number(process.env.FANOUT_MAX_RECEIVE_COUNT);
  return given >= 1 ? given : Number.POSITIVE_INFINITY;
}
