import { S3Error } from "../../s3Error.ts";
import type { StoredObject } from "../../storedObject.ts";
import type { S3Context } from "../operation.ts";
import type { S3Request } from "../request.ts";

/**
 * The object or version of a request about what is kept with it: tags, retention, access control list. A
 * delete marker has none of these, not even as the latest version.
 * @throws S3Error NoSuchKey, NoSuchVersion, MethodNotAllowed
 */
export function findVersion(
  { bucket, key, query, call }: S3Request,
  { buckets }: S3Context,
): StoredObject {
  try {
    return buckets.objects.get(bucket, key, query.get("versionId") ?? undefined);
  } catch (error) {
    const isMarker = error instanceof S3Error && "x-amz-delete-marker" in error.headers;
    if (!isMarker) throw error;
    throw new S3Error(
      "MethodNotAllowed",
      "The specified method is not allowed against this resource.",
      {
        status: 405,
        details: { Method: call.method, ResourceType: "DeleteMarker" },
        headers: error.headers,
      },
    );
  }
}

/** The header of a reply about a version. */
export function versionOf(
  object: StoredObject,
  { buckets }: S3Context,
): Readonly<Record<string, string>> {
  const versioned = buckets.get(object.bucket).versioning !== "Disabled";
  return versioned ? { "x-amz-version-id": object.versionId } : {};
}
