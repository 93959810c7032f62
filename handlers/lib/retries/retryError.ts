/**
 * A failure whose handler knows when the next try makes sense: the service that it calls said so, or the next
 * try may succeed at once. Requires `retries.backoff` on the consumer; without it the message is retried after
 * the queue's visibility timeout.
 *
 * @example
 * throw new RetryError("the payment service is busy", { afterSeconds: 90 });
 */
export class RetryError extends Error {
  override readonly name = "RetryError";
  /** Seconds until the message can be received again, without jitter. */
  readonly afterSeconds: number;

  /**
   * @param options.afterSeconds 0 for at once; a longer delay than SQS allows is shortened: 43,200 less the queue's visibility timeout
   * @throws RangeError if `afterSeconds` is negative or not a number
   */
  constructor(message: string, options: ErrorOptions & { readonly afterSeconds: number }) {
    super(message, options);
    const { afterSeconds } = options;
    if (!(afterSeconds >= 0)) {
      throw new RangeError(`afterSeconds must be 0 or more (given ${afterSeconds})`);
    }
    this.afterSeconds = afterSeconds;
  }
}

/** The delay that an error, or what caused it, names. */
export function namedDelay(error: unknown): number | undefined {
  if (error instanceof RetryError) return error.afterSeconds;
  return error instanceof Error ? namedDelay(error.cause) : undefined;
}
