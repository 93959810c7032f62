import { denialMessage } from "../../../protocol/awsError.ts";
import type { Call } from "../../../protocol/call.ts";
import { S3Error } from "../s3Error.ts";
import type { Permission } from "./operation.ts";

export function accessDenied(call: Call, permission: Permission, reason: string): S3Error {
  return new S3Error("AccessDenied", denialMessage(call, permission, reason), { status: 403 });
}
