import type { AccessRequest, Authorize } from "../../../local/protocol/access.ts";

type Deny = (request: AccessRequest) => string | undefined;

/** Permissions that a test decides on: everything is allowed, until it says otherwise. */
export function decidedByTest() {
  const asked: AccessRequest[] = [];
  let deny: Deny = () => undefined;
  const authorize: Authorize = (request) => {
    asked.push(request);
    const reason = deny(request);
    return reason === undefined ? { allowed: true } : { allowed: false, reason };
  };
  return {
    authorize,
    /** What the callers needed permission for so far. */
    asked,
    /** @param decide gives the reason of a denial, or undefined */
    denyWhere(decide: Deny) {
      deny = decide;
    },
  };
}
