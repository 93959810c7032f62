import { S3Error } from "../../cloud/buckets/s3Error.ts";
import type { Call } from "../call.ts";
import { denialMessage } from "../denial.ts";
import type { Permission } from "./operation.ts";

export function accessDenied(call: Call, permission: Permission, reason: string): S3Error {
  return new S3Error("AccessDenied", denialMessage(call, permission, reason), { status: 403 });
}
