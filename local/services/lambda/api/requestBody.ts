import * as v from "valibot";
import { AwsError, notSupported } from "../../../protocol/awsError.ts";
import type { Call } from "../../../protocol/call.ts";

/**
 * The body of a call as an operation's schema wants it.
 *
 * @param action of the API, for the error
 * @throws AwsError `InvalidParameterValueException`; not supported for a member that the schema lacks
 */
export function requestBody<S extends v.GenericSchema>(
  schema: S,
  { body }: Call,
  action: string,
): v.InferOutput<S> {
  const result = v.safeParse(schema, parse(body.toString("utf8")));
  if (result.success) return result.output;
  const [issue] = result.issues;
  const field = v.getDotPath(issue) ?? "the body";
  throw issue.expected === "never"
    ? notSupported(`${field} in ${action}`)
    : new AwsError("InvalidParameterValueException", `${field}: ${issue.message}`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AwsError("InvalidRequestContentException", `Could not parse request body: ${error}`);
  }
}
