import * as v from "valibot";
import { type Authorize, overTls } from "./access.ts";
import { AwsError, denialMessage } from "./awsError.ts";
import type { Call } from "./call.ts";

/**
 * The members of a call as an operation's schema wants them.
 *
 * @throws AwsError ValidationException, which names every member that is wrong
 */
export function parseInput<S extends v.GenericSchema>(schema: S, input: unknown): v.InferOutput<S> {
  const { success, output, issues } = v.safeParse(schema, input);
  if (success) return output;
  const wrong = issues.map(
    (issue) =>
      `Value at '${v.getDotPath(issue) ?? ""}' failed to satisfy constraint: ${issue.message}`,
  );
  const errors = wrong.length === 1 ? "error" : "errors";
  const message = `${wrong.length} validation ${errors} detected: ${wrong.join("; ")}`;
  throw new AwsError("ValidationException", message);
}

/** How a service denies: its code and, where it is not 400, its status. */
export type Denial = { readonly code: string; readonly status?: number };

/** Of the services with a JSON protocol. */
const accessDenied: Denial = { code: "AccessDeniedException" };

/**
 * Refuses a caller that lacks a permission.
 *
 * @param resource an ARN, or `*` for actions on no resource in particular
 * @throws AwsError with the denial's code and status
 */
export function requireAllowed(
  authorize: Authorize,
  call: Call,
  action: string,
  resource: string,
  { code, status = 400 }: Denial = accessDenied,
): void {
  const { principal } = call;
  const decision = authorize({ principal, action, resource, context: overTls });
  if (decision.allowed) return;
  const message = denialMessage(call, { action, resource }, decision.reason);
  throw new AwsError(code, message, { status });
}
