/** Something that went wrong, in words for the user; ends the tool with 1. */
export class OpsError extends Error {
  override readonly name: string = "OpsError";
}

/** A command line that cannot be meant so; ends the tool with 2. */
export class WrongUse extends OpsError {
  override readonly name = "WrongUse";
}

/** What a user is told of an error. Those of AWS have a name that says more than their words. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const plain = error instanceof OpsError || error.name === "Error" || error.name === "TypeError";
  return plain ? error.message : `${error.name}: ${error.message}`;
}
