import { objectLock } from "../../configuration/objectLock.ts";
import { S3Error } from "../../s3Error.ts";
import type { StoredObject } from "../../storedObject.ts";
import { bypassHeader, lockMissing, readLegalHold, readRetention } from "../objectLockInput.ts";
import type { Permission, S3Context, S3Operation } from "../operation.ts";
import { payloadHeaders, readPayload } from "../payload.ts";
import { onObject } from "../permissions.ts";
import { emptyReply, xmlReply } from "../reply.ts";
import type { S3Request } from "../request.ts";
import { findVersion, versionOf } from "./objectVersion.ts";

const retention = { of: "object", selectedBy: ["retention"], parameters: ["versionId"] } as const;
const legalHold = { of: "object", selectedBy: ["legal-hold"], parameters: ["versionId"] } as const;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectRetention.html */
export const getObjectRetention: S3Operation = {
  ...retention,
  name: "GetObjectRetention",
  method: "GET",
  permissions: (request) => [onObject("s3:GetObjectRetention", request)],
  run(request, context) {
    const { lock } = lockable(request, context);
    if (lock?.retention === undefined) throw noLock();
    const { mode, until } = lock.retention;
    const RetainUntilDate = new Date(until).toISOString();
    return xmlReply("Retention", { Mode: mode, RetainUntilDate });
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectRetention.html */
export const putObjectRetention: S3Operation = {
  ...retention,
  name: "PutObjectRetention",
  method: "PUT",
  headers: [...payloadHeaders, bypassHeader],
  permissions: (request) => [
    onObject("s3:PutObjectRetention", request),
    ...bypassPermission(request),
  ],
  run(request, context) {
    const object = lockable(request, context);
    const text = readPayload(request).bytes.toString("utf8");
    const next = readRetention(text, context.now);
    context.buckets.objects.setRetention(object, next, isBypassed(request));
    return emptyReply(200, versionOf(object, context));
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectLegalHold.html */
export const getObjectLegalHold: S3Operation = {
  ...legalHold,
  name: "GetObjectLegalHold",
  method: "GET",
  permissions: (request) => [onObject("s3:GetObjectLegalHold", request)],
  run(request, context) {
    const { lock } = lockable(request, context);
    if (lock?.legalHold === undefined) throw noLock();
    return xmlReply("LegalHold", { Status: lock.legalHold ? "ON" : "OFF" });
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLegalHold.html */
export const putObjectLegalHold: S3Operation = {
  ...legalHold,
  name: "PutObjectLegalHold",
  method: "PUT",
  headers: payloadHeaders,
  permissions: (request) => [onObject("s3:PutObjectLegalHold", request)],
  run(request, context) {
    const hold = readLegalHold(readPayload(request).bytes.toString("utf8"));
    const object = lockable(request, context);
    context.buckets.objects.setLegalHold(object, hold);
    return emptyReply(200, versionOf(object, context));
  },
};

/** Whether the caller asks to ignore retention in the mode `GOVERNANCE`. */
export function isBypassed({ headers }: S3Request): boolean {
  return headers[bypassHeader]?.toLowerCase() === "true";
}

/** The permission for that. */
export function bypassPermission(request: S3Request): Permission[] {
  return isBypassed(request) ? [onObject("s3:BypassGovernanceRetention", request)] : [];
}

/**
 * A header that means nothing in a bucket without Object Lock is an error.
 * @throws S3Error InvalidArgument
 */
export function checkBypass({ bucket, headers }: S3Request, { buckets }: S3Context): void {
  if (!(bypassHeader in headers) || buckets.documents.find(bucket, objectLock)) return;
  throw new S3Error(
    "InvalidArgument",
    `${bypassHeader} is only applicable to Object Lock enabled buckets.`,
    { details: { ArgumentName: bypassHeader } },
  );
}

function lockable(request: S3Request, context: S3Context): StoredObject {
  const object = findVersion(request, context);
  if (context.buckets.documents.find(request.bucket, objectLock) === undefined) throw lockMissing();
  return object;
}

function noLock(): S3Error {
  return new S3Error(
    "NoSuchObjectLockConfiguration",
    "The specified object does not have a ObjectLock configuration",
    { status: 404 },
  );
}
