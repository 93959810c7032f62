import type { Call } from "./call.ts";

/**
 * An error as AWS would return it. Whatever the local cloud rejects, it rejects with one of these:
 * the protocol formats it, and an SDK turns it into its typed exception.
 */
export class AwsError extends Error {
  /** The error's shape name, for example `QueueDoesNotExist`. */
  readonly code: string;
  /** HTTP status: 4xx where the caller is at fault, 5xx where the service is. */
  readonly status: number;
  /** The code that the older query protocol used, where it differs (SQS: `AWS.SimpleQueueService.NonExistentQueue`). */
  readonly queryCode: string;

  constructor(
    code: string,
    message: string,
    options: { status?: number; queryCode?: string } = {},
  ) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = options.status ?? 400;
    this.queryCode = options.queryCode ?? code;
  }
}

/** For a call that only AWS supports. Never a silent success. */
export function notSupported(what: string): AwsError {
  return new AwsError(
    "NotImplemented",
    `Fanout's local cloud does not support ${what}. It works on AWS only.`,
    { status: 501 },
  );
}

/** The refusal of a service, or of a resource's role, that lacks a permission to go on. */
export function accessDenied(reason: string): AwsError {
  return new AwsError("AccessDenied", reason, { status: 403 });
}

/**
 * AWS's message to a caller that lacks a permission, followed by the local cloud's reason.
 * @param reason of the decision
 */
export function denialMessage(
  call: Pick<Call, "callerArn">,
  permission: { readonly action: string; readonly resource: string },
  reason: string,
): string {
  return `User: ${call.callerArn} is not authorized to perform: ${permission.action} on resource: ${permission.resource}. ${reason}`;
}
