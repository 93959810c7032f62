/**
 * A retry cannot succeed, for example because the message is malformed.
 *
 * The message is retried and moves to the dead-letter queue like any other that failed. The log marks it as
 * permanent: redriving it will not help.
 */
export class PermanentError extends Error {
  override readonly name = "PermanentError";
}

/** Whether `error`, or what caused it, is permanent. */
export function isPermanent(error: unknown): boolean {
  if (error instanceof PermanentError) return true;
  return error instanceof Error && isPermanent(error.cause);
}
