import { invalidArgument, malformedXml, S3Error } from "../s3Error.ts";

export type Tag = { readonly key: string; readonly value: string };

/** What the tags are for: S3 words its refusals differently. */
export type Tagged = "object" | "bucket" | "newBucket";

const maximumTags: Readonly<Record<Tagged, number>> = { object: 10, bucket: 50, newBucket: 50 };

const systemTagMessages: Readonly<Record<Tagged, string>> = {
  object: "Your TagKey cannot be prefixed with aws:",
  bucket: "System tags cannot be added/updated by requester",
  newBucket:
    'User-defined tag keys can\'t start with "aws:". This prefix is reserved for system tags. Remove "aws:" from your tag keys and try again.',
};

/** Letters, digits, spaces and a few signs. */
const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/**
 * Checks tags and returns them in the order of their keys, which is how S3 lists them.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html
 * @throws S3Error InvalidTag, BadRequest
 */
export function checkTags(tags: readonly Tag[], tagged: Tagged): Tag[] {
  if (tags.length > maximumTags[tagged]) {
    const kind = tagged === "object" ? "Object" : "Bucket";
    throw new S3Error(
      "BadRequest",
      `${kind} tags cannot be greater than ${maximumTags[tagged]} (given ${tags.length})`,
    );
  }
  const seen = new Set<string>();
  for (const tag of tags) {
    if (seen.has(tag.key)) throw duplicateKey(tag.key);
    seen.add(tag.key);
    checkTag(tag, tagged);
  }
  return tags.toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

/**
 * Reads the header `x-amz-tagging`, written like the query of a URL.
 * @throws S3Error InvalidArgument, InvalidTag, BadRequest
 */
export function tagsOfHeader(header: string | undefined): Tag[] {
  const pairs = [...new URLSearchParams(header)].filter(([key]) => key !== "");
  const tags = pairs.map(([key, value]) => ({ key, value }));
  const duplicated = new Set(tags.map(({ key }) => key)).size < tags.length;
  if (header !== undefined && (duplicated || !tags.every(isAllowed))) {
    const message =
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.";
    throw invalidArgument(message, "x-amz-tagging", header);
  }
  return checkTags(tags, "object");
}

function checkTag({ key, value }: Tag, tagged: Tagged): void {
  if (key === "") throw malformedXml();
  if (key.startsWith("aws:")) {
    throw new S3Error("InvalidTag", systemTagMessages[tagged], {
      ...(tagged !== "newBucket" && { details: { TagKey: key } }),
    });
  }
  if (key.length > 128 || !allowed.test(key)) {
    throw new S3Error("InvalidTag", "The TagKey you have provided is invalid", {
      details: { TagKey: key },
    });
  }
  if (value.length > 256 || !allowed.test(value)) {
    throw new S3Error("InvalidTag", "The TagValue you have provided is invalid", {
      details: { TagKey: key, TagValue: value },
    });
  }
}

function isAllowed({ key, value }: Tag): boolean {
  return allowed.test(key) && allowed.test(value);
}

function duplicateKey(key: string): S3Error {
  return new S3Error("InvalidTag", "Cannot provide multiple Tags with the same key", {
    details: { TagKey: key },
  });
}
