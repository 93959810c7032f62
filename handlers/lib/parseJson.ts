import { PermanentError } from "./permanentError.ts";
import { describeIssue, type Schema, type SchemaResult } from "./schema.ts";

/**
 * Parses JSON and checks it against `schema`.
 *
 * @param what names the value in the error: "order"
 * @throws PermanentError that lists every problem by path: `not a valid order: items.0.quantity: ...`
 */
export function parseJson<Output>(schema: Schema<Output>, text: string, what: string): Output {
  return parse(schema, readJson(text, what), what);
}

/**
 * Checks a value against `schema`.
 *
 * @param what names the value in the error
 * @throws PermanentError that lists every problem by path
 * @throws Error for a schema that validates asynchronously
 */
export function parse<Output>(schema: Schema<Output>, value: unknown, what: string): Output {
  const result = schema["~standard"].validate(value);
  if (result instanceof Promise) {
    throw new Error(`the schema of ${what} is asynchronous; use one that is not`);
  }
  return validValue(result, what);
}

/**
 * Checks a value against `schema`, which may validate asynchronously.
 *
 * @param what names the value in the error
 * @throws PermanentError that lists every problem by path
 */
export async function parseAsync<Output>(
  schema: Schema<Output>,
  value: unknown,
  what: string,
): Promise<Output> {
  return validValue(await schema["~standard"].validate(value), what);
}

function validValue<Output>(result: SchemaResult<Output>, what: string): Output {
  if (result.issues === undefined) return result.value;
  throw new PermanentError(`not a valid ${what}: ${result.issues.map(describeIssue).join("; ")}`);
}

/** @throws PermanentError if `text` is not JSON */
export function readJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PermanentError(`not a valid ${what}: not JSON: ${reason}`, { cause: error });
  }
}
