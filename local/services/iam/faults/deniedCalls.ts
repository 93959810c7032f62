import { Faults } from "../../../faults.ts";
import type { AccessRequest, Principal } from "../../../protocol/access.ts";
import { matchesPattern } from "../pattern.ts";

/** Calls that are denied whatever the policies allow. `*` stands for any characters, `?` for one. */
export type DeniedCall = {
  /** A service such as `sns.amazonaws.com`, the ARN of a role, or the id of an account. @default any */
  readonly principal?: string;
  /** `sqs:SendMessage`. @default any */
  readonly action?: string;
  /** An ARN. @default any */
  readonly resource?: string;
};

/** The calls that faults deny. */
export class DeniedCalls extends Faults<DeniedCall> {
  constructor() {
    super("denial");
  }

  /** Why a fault denies the call, which counts one effect; undefined if none does. */
  deny(request: AccessRequest): string | undefined {
    if (this.isEmpty) return undefined;
    const active = this.list().find(({ fault }) => denies(fault, request));
    if (active === undefined) return undefined;
    this.hit(active);
    const { principal, action, resource } = request;
    return `the injected fault ${active.id} denies ${nameOf(principal)} ${action} on ${resource}`;
  }
}

function denies(fault: DeniedCall, { principal, action, resource }: AccessRequest): boolean {
  return (
    matchesPattern(fault.principal ?? "*", nameOf(principal)) &&
    matchesPattern((fault.action ?? "*").toLowerCase(), action.toLowerCase()) &&
    matchesPattern(fault.resource ?? "*", resource)
  );
}

function nameOf(principal: Principal): string {
  switch (principal.kind) {
    case "service":
      return principal.name;
    case "role":
    case "user":
      return principal.arn;
    case "anonymous":
      return "anonymous";
    case "account":
      return principal.account;
  }
}
