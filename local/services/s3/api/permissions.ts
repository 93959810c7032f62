import { formatArn } from "../../../arn.ts";
import { denialMessage } from "../../../protocol/awsError.ts";
import type { Call } from "../../../protocol/call.ts";
import { S3Error } from "../s3Error.ts";
import { hasAccessList } from "./accessListInput.ts";
import type { Permission } from "./operation.ts";
import type { S3Request } from "./request.ts";

/** The permission for an action on the request's object. */
export function onObject(
  action: string,
  { bucket, key }: Pick<S3Request, "bucket" | "key">,
): Permission {
  return { action, resource: objectArn(bucket, key) };
}

/**
 * The permission to write the request's object, with the condition keys by which policies demand
 * conditional writes.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html
 */
export function writePermission(request: S3Request): Permission {
  const context = ["if-match", "if-none-match"].flatMap((name) => {
    const value = request.headers[name];
    return value === undefined ? [] : [[`s3:${name}`, value] as const];
  });
  return { ...onObject("s3:PutObject", request), context: Object.fromEntries(context) };
}

/** The tags of a new object, like the query of a URL. */
export const taggingHeader = "x-amz-tagging";

/** The permissions to put the request's object, with the tags and the access control list that it comes with. */
export function writePermissions(request: S3Request): Permission[] {
  return [writePermission(request), ...detailPermissions(request)];
}

/** The same for an object whose conditions are not those of the request. */
export function newObjectPermissions(request: S3Request): Permission[] {
  return [onObject("s3:PutObject", request), ...detailPermissions(request)];
}

function detailPermissions(request: S3Request): Permission[] {
  const { headers } = request;
  const retains = "x-amz-object-lock-mode" in headers;
  const holds = "x-amz-object-lock-legal-hold" in headers;
  return [
    ...(hasAccessList(headers) ? [onObject("s3:PutObjectAcl", request)] : []),
    ...(taggingHeader in headers ? [onObject("s3:PutObjectTagging", request)] : []),
    ...(retains ? [onObject("s3:PutObjectRetention", request)] : []),
    ...(holds ? [onObject("s3:PutObjectLegalHold", request)] : []),
  ];
}

/** The permission for an action on the request's bucket. */
export function onBucket(
  action: string,
  { bucket }: Pick<S3Request, "bucket">,
  context?: Permission["context"],
): Permission {
  return { action, resource: formatArn("s3", "", bucket), ...(context && { context }) };
}

function objectArn(bucket: string, key: string): string {
  return formatArn("s3", "", `${bucket}/${key}`);
}

/** The permission to list the request's bucket, with the condition keys by which policies narrow it. */
export function listPermission(action: string, request: S3Request): Permission {
  const context = ["prefix", "delimiter", "max-keys"].flatMap((name) => {
    const value = request.query.get(name);
    return value === null ? [] : [[`s3:${name}`, value] as const];
  });
  return onBucket(action, request, Object.fromEntries(context));
}

export function accessDenied(
  call: Pick<Call, "callerArn">,
  permission: Permission,
  reason: string,
): S3Error {
  return new S3Error("AccessDenied", denialMessage(call, permission, reason), { status: 403 });
}
