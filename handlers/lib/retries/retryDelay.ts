import { namedDelay } from "./retryError.ts";
import type { Backoff } from "./retrySettings.ts";

/**
 * Seconds until a failed message is received again: what its error names, or a delay that grows with each
 * receive. Half of the growing delay is random, so that messages which failed together are not retried together.
 *
 * @param failure.receives the message's receives so far, 1 or more
 * @param failure.maxReceiveCount at the last receive there is no delay: the message moves to the dead-letter queue
 * @param random returns 0 up to 1, as `Math.random` does
 */
export function retryDelay(
  { first, factor, maximum, limit }: Backoff,
  failure: { readonly receives: number; readonly maxReceiveCount: number; readonly error: unknown },
  random: () => number,
): number {
  const { receives, maxReceiveCount, error } = failure;
  if (receives >= maxReceiveCount) return 0;
  const named = namedDelay(error);
  if (named !== undefined) return Math.min(Math.ceil(named), limit);
  const delay = Math.min(first * factor ** (receives - 1), maximum);
  return Math.ceil(delay / 2 + (delay / 2) * random());
}
