import { type Checksum, checksumOf } from "../../checksum.ts";
import { encryption } from "../../configuration/encryption.ts";
import { checkCopySource } from "../../preconditions.ts";
import { invalidArgument, invalidRequest } from "../../s3Error.ts";
import { nullVersion, type StoredObject } from "../../storedObject.ts";
import { tagsOfHeader } from "../../tagging/tag.ts";
import {
  type CopySource,
  copySourceHeaders,
  copySourceOf,
  sourcePermission,
} from "../copySource.ts";
import {
  encryptionHeaders,
  keptKeyHeaders,
  requireCustomerKey,
  sourceKeyHeaders,
} from "../customerKey.ts";
import { detailHeaders, ownDetailsIn } from "../objectDetails.ts";
import { checksumElements, conditionsOf, metadataOf, redirectHeader } from "../objectHeaders.ts";
import type { S3Operation } from "../operation.ts";
import { checkAlgorithm } from "../payload.ts";
import { newObjectPermissions, taggingHeader } from "../permissions.ts";
import { xmlReply } from "../reply.ts";
import type { S3Request } from "../request.ts";
import { versionOf } from "./objectVersion.ts";
import { findReadable } from "./readObject.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html */
export const copyObject: S3Operation = {
  name: "CopyObject",
  method: "PUT",
  of: "object",
  selectedByHeader: "x-amz-copy-source",
  headers: [
    ...copySourceHeaders,
    ...sourceKeyHeaders,
    ...detailHeaders,
    "x-amz-checksum-algorithm",
    "x-amz-metadata-directive",
    "x-amz-tagging-directive",
  ],
  permissions: (request) => [
    sourcePermission(copySourceOf(request)),
    ...newObjectPermissions(request),
  ],
  run(request, context) {
    const { bucket, key, headers, requester } = request;
    const { buckets, now } = context;
    const from = copySourceOf(request);
    const source = findReadable(context, request, from);
    requireCustomerKey(headers, source, "x-amz-copy-source-");
    checkCopySource(conditionsOf(headers, "x-amz-copy-source-"), source, now);
    const replaces = replacesMetadata(headers["x-amz-metadata-directive"]);
    checkNotOntoItself(request, from, replaces || buckets.documents.has(bucket, encryption));
    const bytes = buckets.objects.read(source);
    const copy = buckets.objects.put(
      {
        bucket,
        key,
        bytes,
        headers: replaces ? metadataOf(headers) : keptMetadata(source, headers),
        ...ownDetailsIn(headers, bucket, context),
        tags: replacesTags(headers["x-amz-tagging-directive"])
          ? tagsOfHeader(headers[taggingHeader])
          : (source.tags ?? []),
        checksum: checksumOfCopy(headers["x-amz-checksum-algorithm"], source, bytes),
        conditions: conditionsOf(headers),
      },
      requester,
      "ObjectCreated:Copy",
    );
    const result = {
      LastModified: new Date(copy.modified).toISOString(),
      ETag: `"${copy.etag}"`,
      ...checksumElements(copy.checksum),
    };
    return xmlReply("CopyObjectResult", result, {
      ...encryptionHeaders(copy),
      ...versionOf(copy, context),
      ...(source.versionId !== nullVersion && {
        "x-amz-copy-source-version-id": source.versionId,
      }),
    });
  },
};

function replacesMetadata(directive = "COPY"): boolean {
  if (directive === "COPY" || directive === "REPLACE") return directive === "REPLACE";
  throw invalidArgument("Unknown metadata directive.", "x-amz-metadata-directive", directive);
}

function replacesTags(directive = "COPY"): boolean {
  if (directive === "COPY" || directive === "REPLACE") return directive === "REPLACE";
  throw invalidArgument("Unknown tagging directive.", "x-amz-tagging-directive", directive);
}

function checkNotOntoItself(
  { bucket, key, headers }: S3Request,
  from: CopySource,
  changed: boolean,
): void {
  const changes =
    changed || headers["x-amz-storage-class"] || headers[redirectHeader] || from.versionId;
  if (changes || from.bucket !== bucket || from.key !== key) return;
  throw invalidRequest(
    "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
  );
}

/** A copy keeps its source's metadata, but neither the storage class, nor the key, nor where it redirects to. */
function keptMetadata(
  source: StoredObject,
  headers: S3Request["headers"],
): Readonly<Record<string, string>> {
  const own = ["x-amz-storage-class", redirectHeader, ...keptKeyHeaders];
  const kept = Object.entries(source.headers).filter(([name]) => !own.includes(name));
  const asked = Object.entries(metadataOf(headers)).filter(([name]) => own.includes(name));
  return Object.fromEntries([...kept, ...asked]);
}

/** Of all bytes, in the requested algorithm, else in the source's. */
function checksumOfCopy(
  asked: string | undefined,
  source: StoredObject,
  bytes: Buffer,
): Checksum | undefined {
  const algorithm = asked === undefined ? source.checksum?.algorithm : checkAlgorithm(asked);
  if (algorithm === undefined) return undefined;
  return { algorithm, type: "FULL_OBJECT", value: checksumOf(algorithm, [bytes]) };
}
