import { isPrivate } from "../accessLists/accessList.ts";
import { objectLock } from "../configuration/objectLock.ts";
import type { ObjectDetails } from "../storedObject.ts";
import { tagsOfHeader } from "../tagging/tag.ts";
import { accessListHeaders, accessListIn } from "./accessListInput.ts";
import { metadataHeaders, metadataOf } from "./objectHeaders.ts";
import { objectLockHeaders, objectLockIn } from "./objectLockInput.ts";
import type { S3Context } from "./operation.ts";
import { taggingHeader } from "./permissions.ts";

type Headers = Readonly<Record<string, string>>;

/** Headers of an operation that creates an object. */
export const detailHeaders = [
  ...metadataHeaders,
  ...accessListHeaders,
  ...objectLockHeaders,
  taggingHeader,
];

/** What an object has besides its bytes. */
export type NewDetails = Pick<ObjectDetails, "headers" | "tags" | "acl" | "lock">;

/**
 * What the headers of a request say about the object that it creates.
 * @throws S3Error InvalidArgument, AccessControlListNotSupported, InvalidTag, ...
 */
export function detailsIn(headers: Headers, bucket: string, context: S3Context): NewDetails {
  return {
    headers: metadataOf(headers),
    tags: tagsOfHeader(headers[taggingHeader]),
    ...ownDetailsIn(headers, bucket, context),
  };
}

/** The part of it that a copy never takes from its source. */
export function ownDetailsIn(
  headers: Headers,
  bucket: string,
  { buckets, now }: S3Context,
): Pick<NewDetails, "acl" | "lock"> {
  const acl = accessListIn(headers);
  if (acl !== undefined) buckets.accessLists.check(bucket, acl);
  const isLockable = buckets.documents.find(bucket, objectLock) !== undefined;
  const lock = objectLockIn(headers, isLockable, now);
  return {
    ...(acl !== undefined && !isPrivate(acl) && { acl }),
    ...(Object.keys(lock).length > 0 && { lock }),
  };
}
