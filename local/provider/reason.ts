import { S3Error } from "../services/s3/s3Error.ts";

/** Why a service refuses, in words for the user. S3 says in its details what the message leaves out. */
export function reasonOf(cause: unknown): string {
  if (cause instanceof S3Error) return [cause.message, ...Object.values(cause.details)].join("; ");
  return cause instanceof Error ? cause.message : String(cause);
}
