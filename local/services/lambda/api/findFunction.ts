import type { Authorize } from "../../../protocol/access.ts";
import type { Call } from "../../../protocol/call.ts";
import { qualified } from "../functionArn.ts";
import type { Functions } from "../functions.ts";
import type { LambdaFunction } from "../lambdaFunction.ts";
import { refuseUnlessAllowed } from "./route.ts";

export type FindOptions = { readonly functions: Functions; readonly authorize: Authorize };

/**
 * The function that a call names in its path; with `Qualifier`, the version or the alias of it.
 *
 * @param action that the caller must be allowed, without `lambda:`
 * @throws AwsError ResourceNotFoundException, AccessDeniedException
 */
export function findFunction(
  { functions, authorize }: FindOptions,
  call: Call,
  action: string,
  name: string,
): LambdaFunction {
  const found = functions.get(qualified(name, call.query.get("Qualifier")));
  refuseUnlessAllowed(authorize, call, `lambda:${action}`, found.arn);
  return found;
}
