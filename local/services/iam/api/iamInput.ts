import * as v from "valibot";
import type { Authorize } from "../../../protocol/access.ts";
import { AwsError } from "../../../protocol/awsError.ts";
import type { Call } from "../../../protocol/call.ts";
import { parseInput, requireAllowed } from "../../../protocol/input.ts";
import type { ClientRoles } from "../clientRoles.ts";
import { PolicyError } from "../policy.ts";
import type { Roles } from "../roles.ts";

/** What the operations of IAM work with. */
export type IamOptions = {
  readonly roles: Roles;
  readonly authorize: Authorize;
  /** Keeps what clients make. @default nothing is kept */
  readonly clients?: ClientRoles | undefined;
};

/** Names of roles, policies and users. */
export const name = v.pipe(
  v.string("Member must not be null"),
  v.regex(/^[\w+=,.@-]{1,128}$/, "Member must satisfy regular expression pattern: [\\w+=,.@-]+"),
);

/** Begins and ends with a slash. */
export const path = v.optional(
  v.pipe(
    v.string(),
    v.regex(
      /^\/(?:[\u0021-\u007f]+\/)?$/,
      "must begin and end with / and hold only characters of ASCII",
    ),
  ),
  "/",
);

export const text = v.string("Member must not be null");

/** Tags of roles and policies have no effect here. */
export const ignored = v.optional(v.unknown());

/** @throws AwsError ValidationError, which names every parameter that is wrong */
export function parse<S extends v.GenericSchema>(schema: S, input: unknown): v.InferOutput<S> {
  try {
    return parseInput(schema, input);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new AwsError("ValidationError", error.message);
  }
}

/** @throws AwsError MalformedPolicyDocument for a policy document that IAM would not understand */
export function understood<T>(write: () => T): T {
  try {
    return write();
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    throw new AwsError("MalformedPolicyDocument", error.message);
  }
}

/** @throws AwsError AccessDenied */
export function requirePermission(
  authorize: Authorize,
  call: Call,
  action: string,
  resource: string,
): void {
  requireAllowed(authorize, call, action, resource, { code: "AccessDenied", status: 403 });
}
