/**
 * This message can never be handled, however often it is tried: it is malformed, say.
 *
 * It is thrown like any other error and ends in the dead-letter queue by redrive, as a passing error
 * does when it does not pass in time. The difference is for whoever reads the log: redriving this
 * message will not help.
 */
export class PermanentError extends Error {
  override readonly name = "PermanentError";
}

/** Whether `error`, or what caused it, is permanent. */
export function isPermanent(error: unknown): boolean {
  if (error instanceof PermanentError) return true;
  return error instanceof Error && isPermanent(error.cause);
}
