/**
 * A schema of any library that follows the Standard Schema: valibot, zod, ArkType and others.
 * https://standardschema.dev
 */
export interface Schema<Output, Input = unknown> {
  readonly "~standard": {
    readonly version: 1;
    readonly validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}

export type SchemaResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly SchemaIssue[] };

export type SchemaIssue = {
  readonly message: string;
  /** Keys from the value to its wrong part. */
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
};

/** `items.0.quantity: must be a number`; without a path, only the message. */
export function describeIssue({ message, path = [] }: SchemaIssue): string {
  const keys = path.map((each) => String(typeof each === "object" ? each.key : each));
  return keys.length === 0 ? message : `${keys.join(".")}: ${message}`;
}
