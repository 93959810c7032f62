/**
 * A retry cannot succeed, for example because the message is malformed.
 *
 * With `retries: { permanentErrors: "deadLetter" }` on the consumer, the message moves to the dead-letter queue
 * at once, with the reason in its attribute `FailureReason`. Without, it is retried and moves there like any
 * other that failed. The log marks it as permanent: redriving it will not help.
 */
export class PermanentError extends Error {
  override readonly name = "PermanentError";
}

/** Whether `error`, or what caused it, is permanent. */
export function isPermanent(error: unknown): boolean {
  if (error instanceof PermanentError) return true;
  return error instanceof Error && isPermanent(error.cause);
}
