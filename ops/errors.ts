/** A failure, in words for the user. The tool exits with 1. */
export class OpsError extends Error {
  override readonly name: string = "OpsError";
}

/** An invalid command line. The tool exits with 2. */
export class UsageError extends OpsError {
  override readonly name = "UsageError";
}

/** The text of an error for the user. Errors of AWS are prefixed with their name. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const plain = error instanceof OpsError || error.name === "Error" || error.name === "TypeError";
  return plain ? error.message : `${error.name}: ${error.message}`;
}
