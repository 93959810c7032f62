import * as v from "valibot";
import { PermanentError } from "./permanentError.ts";

/**
 * Parses JSON and checks it against `schema`.
 *
 * @param what names the value in the error: "order"
 * @throws PermanentError that lists every problem by path: `not a valid order: items.0.quantity: ...`
 */
export function parseJson<Schema extends v.GenericSchema>(
  schema: Schema,
  text: string,
  what: string,
): v.InferOutput<Schema> {
  return parse(schema, readJson(text, what), what);
}

/**
 * Checks a value against `schema`.
 *
 * @param what names the value in the error
 * @throws PermanentError that lists every problem by path
 */
export function parse<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  what: string,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  throw new PermanentError(`not a valid ${what}: ${result.issues.map(describe).join("; ")}`);
}

function readJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PermanentError(`not a valid ${what}: not JSON: ${reason}`, { cause: error });
  }
}

function describe(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue);
  return path === null ? issue.message : `${path}: ${issue.message}`;
}
