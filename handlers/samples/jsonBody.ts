import * as v from "valibot";
import type { HttpRequest } from "./httpApi.ts";
import { HttpError, type Problem } from "./httpApi.ts";

/**
 * Parses the JSON body of a request and checks it against `schema`.
 *
 * @param mostBytes the largest body that is accepted, in bytes
 * @throws HttpError 415, 413, or 400 that names each invalid field
 */
export function readJsonBody<Schema extends v.GenericSchema>(
  schema: Schema,
  request: HttpRequest,
  mostBytes: number,
): v.InferOutput<Schema> {
  refuseOtherTypes(request);
  const body = bytesOf(request);
  if (body.length > mostBytes) {
    throw new HttpError(413, `The body must have ${mostBytes} bytes at most.`);
  }
  const result = v.safeParse(schema, parse(body.toString("utf8")));
  if (result.success) return result.output;
  const problems = firstOfEachField(result.issues);
  const fields = problems.map(({ field }) => field).join(", ");
  throw new HttpError(400, `Please check: ${fields}.`, problems);
}

/** A browser posts forms and plain text across origins without a preflight request, but not JSON. */
function refuseOtherTypes({ headers }: HttpRequest): void {
  const type = headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    throw new HttpError(415, "The body must be JSON, with the content type application/json.");
  }
}

function bytesOf({ body = "", isBase64Encoded }: HttpRequest): Buffer {
  return Buffer.from(body, isBase64Encoded ? "base64" : "utf8");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new HttpError(400, `The body is not JSON: ${reason}`);
  }
}

function firstOfEachField(issues: readonly v.BaseIssue<unknown>[]): Problem[] {
  const byField = Map.groupBy(issues, (issue) => v.getDotPath(issue) ?? "body");
  return [...byField].map(([field, [first]]) => ({ field, message: first?.message ?? "" }));
}
