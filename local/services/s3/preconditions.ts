import { noSuchKey, preconditionFailed, S3Error } from "./s3Error.ts";
import type { StoredObject } from "./storedObject.ts";

/** The conditional headers of a request, as sent. Times are HTTP dates. */
export type Conditions = {
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
  readonly ifModifiedSince?: string | undefined;
  readonly ifUnmodifiedSince?: string | undefined;
};

type Version = Pick<StoredObject, "etag" | "modified">;

/**
 * Whether a reader wants the object: `If-Match` outweighs `If-Unmodified-Since`, and `If-None-Match`
 * outweighs `If-Modified-Since`.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 * @param now cloud time: a date of `If-Modified-Since` in the future is ignored
 * @throws S3Error PreconditionFailed
 */
export function checkRead(
  conditions: Conditions,
  object: Version,
  now: number,
): "wanted" | "notModified" {
  const failed = failedCondition(conditions, object, now);
  if (failed === undefined) return "wanted";
  if (failed === "If-None-Match" || failed === "If-Modified-Since") return "notModified";
  throw preconditionFailed(failed);
}

/**
 * The same for the source of a copy, where every condition that does not hold is an error.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
 * @throws S3Error PreconditionFailed
 */
export function checkCopySource(conditions: Conditions, object: Version, now: number): void {
  const failed = failedCondition(conditions, object, now);
  if (failed !== undefined) throw preconditionFailed(`x-amz-copy-source-${failed}`);
}

/**
 * Conditional writes: `If-None-Match: *` writes only a new key, `If-Match` only over that version.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 * @param current the object that the key has now, if any
 * @throws S3Error PreconditionFailed, NoSuchKey, NotImplemented
 */
export function checkWrite(
  { ifMatch, ifNoneMatch }: Conditions,
  key: string,
  current: Version | undefined,
): void {
  if (ifMatch !== undefined && ifNoneMatch !== undefined) {
    const reason = "Multiple conditional request headers present in the request";
    throw headerNotImplemented("If-Match,If-None-Match", reason);
  }
  if (ifNoneMatch !== undefined && ifNoneMatch !== "*") throw valueNotImplemented("If-None-Match");
  if (ifMatch === "*") throw valueNotImplemented("If-Match");
  if (ifNoneMatch !== undefined && current) throw preconditionFailed("If-None-Match");
  if (ifMatch === undefined) return;
  if (!current) throw noSuchKey(key);
  if (!matches(ifMatch, current.etag)) throw preconditionFailed("If-Match");
}

/**
 * A conditional upload in parts conflicts with a write of its key since it began, whatever the ETag.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 * @throws S3Error ConditionalRequestConflict
 */
export function checkNoConflict({ ifMatch, ifNoneMatch }: Conditions, key: string): void {
  if (ifMatch === undefined && ifNoneMatch === undefined) return;
  throw new S3Error(
    "ConditionalRequestConflict",
    "The conditional request cannot succeed due to a conflicting operation against this resource.",
    {
      status: 409,
      details: { Condition: ifMatch === undefined ? "If-None-Match" : "If-Match", Key: key },
    },
  );
}

/**
 * Conditional deletes: `If-Match` with an ETag, or `*` for any object.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html
 * @throws S3Error PreconditionFailed, NoSuchKey
 */
export function checkDelete(
  ifMatch: string | undefined,
  key: string,
  current: Version | undefined,
): void {
  if (ifMatch === undefined) return;
  if (!current) throw noSuchKey(key);
  if (!matches(ifMatch, current.etag)) throw preconditionFailed("If-Match");
}

function failedCondition(
  conditions: Conditions,
  { etag, modified }: Version,
  now: number,
): string | undefined {
  const { ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince } = conditions;
  if (ifMatch !== undefined) {
    if (!matches(ifMatch, etag)) return "If-Match";
  } else if (modified > dateOf(ifUnmodifiedSince)) return "If-Unmodified-Since";
  if (ifNoneMatch !== undefined) return matches(ifNoneMatch, etag) ? "If-None-Match" : undefined;
  const since = dateOf(ifModifiedSince);
  return modified <= since && since <= now ? "If-Modified-Since" : undefined;
}

/** Quotes may be missing, and there may be several ETags. */
function matches(header: string, etag: string): boolean {
  const tags = header.split(",").map((tag) => tag.trim().replace(/^(?:W\/)?"(.*)"$/, "$1"));
  return tags.includes("*") || tags.includes(etag);
}

/** NaN, which is neither before nor after any time, for no date and for a wrong one. */
function dateOf(header: string | undefined): number {
  return header === undefined ? Number.NaN : Date.parse(header);
}

function valueNotImplemented(header: string): S3Error {
  const reason = `We don't accept the provided value of ${header} header for this API`;
  return headerNotImplemented(header, reason);
}

function headerNotImplemented(header: string, reason: string): S3Error {
  return new S3Error(
    "NotImplemented",
    "A header you provided implies functionality that is not implemented",
    { status: 501, details: { Header: header, additionalMessage: reason } },
  );
}
