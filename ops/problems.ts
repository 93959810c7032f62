/** Something that went wrong, in words for the user; ends the tool with 1. */
export class OpsError extends Error {
  override readonly name: string = "OpsError";
}

/** A command line that cannot be meant so; ends the tool with 2. */
export class WrongUse extends OpsError {
  override readonly name = "WrongUse";
}
