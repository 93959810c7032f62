import type { Call } from "./call.ts";

/**
 * An error as AWS would answer it. Whatever the local cloud refuses, it refuses with one of these:
 * the wire turns it into the protocol's form, and an SDK into its typed exception.
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

/** For a call that AWS has and the local cloud has not. Never a silent success. */
export function notSupported(what: string): AwsError {
  return new AwsError(
    "NotImplemented",
    `Fanout's local cloud does not support ${what}. It works on AWS only.`,
    { status: 501 },
  );
}

/**
 * What AWS says to a caller that lacks a permission, and after it what the local cloud knows of why.
 * @param reason of the decision
 */
export function denialMessage(
  call: Pick<Call, "callerArn">,
  permission: { readonly action: string; readonly resource: string },
  reason: string,
): string {
  return `User: ${call.callerArn} is not authorized to perform: ${permission.action} on resource: ${permission.resource}. ${reason}`;
}
