import { accountRootArn } from "../../aws/arn.ts";

/**
 * The caller: an AWS service on behalf of a resource, a function's role, a user, the account's owner, or
 * someone who has not signed the request.
 */
export type Principal =
  | { readonly kind: "service"; readonly name: string }
  | { readonly kind: "role" | "user"; readonly arn: string }
  | { readonly kind: "anonymous" }
  | {
      readonly kind: "account";
      readonly account: string;
      /** Whether it is the program that calls, which the owner runs. @default false */
      readonly isProgram?: boolean;
    };

/** One call as IAM sees it. */
export type AccessRequest = {
  readonly principal: Principal;
  /** For example `sqs:SendMessage`. */
  readonly action: string;
  /** The ARN of what the call touches. */
  readonly resource: string;
  /** Condition keys and their values, for example `aws:SourceArn`. */
  readonly context: Readonly<Record<string, string>>;
};

export type Decision =
  | { readonly allowed: true }
  /** `reason` names the principal, the action, the resource and the nearest missing or denying statement. */
  | { readonly allowed: false; readonly reason: string };

/** What holds for every call: the local endpoint counts as one with TLS. */
export const overTls: AccessRequest["context"] = { "aws:SecureTransport": "true" };

/** Decides a call by the program's policies. */
export type Authorize = (request: AccessRequest) => Decision;

/** The account's owner. */
export const owner = { kind: "account", account: "000000000000" } as const satisfies Principal;

/** The program that runs on the local cloud, with all that its owner may do. */
export const ownersProgram: Principal = { ...owner, isProgram: true };

/** For the trace. */
export function callerArnOf(principal: Principal): string {
  switch (principal.kind) {
    case "role":
    case "user":
      return principal.arn;
    case "account":
      return accountRootArn(principal.account);
    case "service":
      return principal.name;
    case "anonymous":
      return "anonymous";
  }
}
