import { parseUrn, stackType, type Urn } from "../../pulumi/urn.ts";

export type Severity = "info" | "warning" | "error";

/** A line or more for the user. */
export type Diagnostic = {
  readonly severity: Severity;
  /** The resource that it is about; "" for the program itself. */
  readonly urn: Urn;
  readonly message: string;
};

/** A failure that names its resource, as Pulumi reports it; the deployment ends with it. */
export class DeploymentError extends Error {
  override name = "DeploymentError";
  readonly urn: Urn;
  /** Each is reported on its own. */
  readonly messages: readonly string[];

  constructor(urn: Urn, messages: string | readonly string[], options?: ErrorOptions) {
    const all = typeof messages === "string" ? [messages] : messages;
    super(all.join("\n"), options);
    this.urn = urn;
    this.messages = all;
  }
}

/** What the user can do about a resource that is protected. */
export const howToUnprotect =
  "To unprotect the resource, remove the `protect` flag from the resource in your Pulumi program and run it again";

/** Lets whatever this work fails of name the resource. */
export async function aboutResource<T>(urn: Urn, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof DeploymentError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new DeploymentError(urn, message, { cause: error });
  }
}

/** As `pulumi up` prints it: `aws:sqs/queue:Queue (orders): error: ...`. */
export function describeDiagnostic({ severity, urn, message }: Diagnostic): string {
  const text = `${severity}: ${message}`;
  if (urn === "") return text;
  const { type, name } = parseUrn(urn);
  return type === stackType ? text : `${type} (${name}): ${text}`;
}
