import { AwsError } from "../../../../protocol/awsError.ts";
import {
  childrenOf,
  parseXml,
  textOf,
  type XmlContent,
  type XmlElement,
} from "../../../../protocol/xml.ts";
import { invalidRequest, malformedXml, noSuchVersion } from "../../s3Error.ts";
import { bypassHeader } from "../objectLockInput.ts";
import type { S3Context, S3Operation } from "../operation.ts";
import { payloadHeaders, readPayload } from "../payload.ts";
import { accessDenied, onObject } from "../permissions.ts";
import { emptyReply, xmlReply } from "../reply.ts";
import type { S3Request } from "../request.ts";
import { bypassPermission, checkBypass, isBypassed } from "./objectLock.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html */
export const deleteObject: S3Operation = {
  name: "DeleteObject",
  method: "DELETE",
  of: "object",
  parameters: ["versionId"],
  headers: [bypassHeader],
  permissions: (request) => [
    onObject(
      request.query.has("versionId") ? "s3:DeleteObjectVersion" : "s3:DeleteObject",
      request,
    ),
    ...bypassPermission(request),
  ],
  run(request, context) {
    const { bucket, key, query, headers, requester } = request;
    checkBypass(request, context);
    const versionId = query.get("versionId") ?? undefined;
    const ifMatch = headers["if-match"];
    const bypassesGovernance = isBypassed(request);
    const deletion = context.buckets.objects.delete(
      { bucket, key, versionId, ifMatch, bypassesGovernance },
      requester,
    );
    return emptyReply(204, {
      ...(deletion.versionId !== undefined && { "x-amz-version-id": deletion.versionId }),
      ...(deletion.deleteMarker && { "x-amz-delete-marker": "true" }),
    });
  },
};

type Target = {
  readonly key: string;
  readonly versionId: string | undefined;
  readonly ifMatch: string | undefined;
};

const maximumTargets = 1000;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
export const deleteObjects: S3Operation = {
  name: "DeleteObjects",
  method: "POST",
  of: "bucket",
  selectedBy: ["delete"],
  headers: [...payloadHeaders, bypassHeader],
  // Each key needs a permission of its own, and is refused by itself.
  permissions: () => [],
  run(request, context) {
    const { bytes, checksum } = readPayload(request);
    if (checksum === undefined && request.headers["content-md5"] === undefined) {
      throw invalidRequest(
        "Missing required header for this request: Content-MD5 OR x-amz-checksum-*",
      );
    }
    checkBypass(request, context);
    const { targets, quiet } = readTargets(bytes.toString("utf8"));
    const results = targets.map((target, index) => deleteTarget(request, context, target, index));
    return xmlReply("DeleteResult", {
      Deleted: quiet ? [] : results.flatMap(({ deleted }) => (deleted ? [deleted] : [])),
      Error: results.flatMap(({ error }) => (error ? [error] : [])),
    });
  },
};

function readTargets(document: string): { targets: Target[]; quiet: boolean } {
  const root = parseXml(document);
  const objects = root?.name === "Delete" ? childrenOf(root, "Object") : [];
  if (root === undefined || objects.length === 0 || objects.length > maximumTargets) {
    throw malformedXml();
  }
  return { targets: objects.map(readTarget), quiet: textOf(root, "Quiet") === "true" };
}

function readTarget(element: XmlElement): Target {
  const key = textOf(element, "Key");
  if (!key) throw malformedXml();
  return {
    key,
    versionId: textOf(element, "VersionId"),
    ifMatch: textOf(element, "ETag"),
  };
}

function deleteTarget(
  request: S3Request,
  context: S3Context,
  { key, versionId, ifMatch }: Target,
  index: number,
): { deleted?: XmlContent; error?: XmlContent } {
  const { bucket, requester } = request;
  const names = { Key: key, VersionId: versionId };
  try {
    checkPermission(request, context, key, versionId);
    const event = `${requester.requestId}-${index + 1}`;
    const deletion = context.buckets.objects.delete(
      {
        bucket,
        key,
        versionId,
        ifMatch,
        bypassesGovernance: isBypassed(request),
        notifiesMissing: true,
      },
      { ...requester, event },
    );
    const marker = deletion.deleteMarker
      ? { DeleteMarker: true, DeleteMarkerVersionId: deletion.versionId }
      : {};
    return { deleted: { ...names, ...marker } };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const reported = error.code === "InvalidArgument" ? noSuchVersion(key, versionId) : error;
    return { error: { ...names, Code: reported.code, Message: reported.message } };
  }
}

function checkPermission(
  request: S3Request,
  context: S3Context,
  key: string,
  versionId: string | undefined,
): void {
  const action = versionId === undefined ? "s3:DeleteObject" : "s3:DeleteObjectVersion";
  const object = { ...request, key };
  for (const permission of [onObject(action, object), ...bypassPermission(object)]) {
    const decision = context.decide(permission);
    if (!decision.allowed) throw accessDenied(request.call, permission, decision.reason);
  }
}
