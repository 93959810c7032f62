import { S3Error } from "../../services/s3/s3Error.ts";
import { onlyLocally } from "../declaration/checks.ts";
import { map, region, required, text } from "../declaration/field.ts";
import { missing } from "./found.ts";
import { type LookupContext, lookup } from "./lookup.ts";

const args = {
  bucket: text(required),
  key: text(required),
  range: text({ check: onlyLocally() }),
  region,
  tags: map(text()),
  versionId: text(),
};

/** Objects, with the bodies of those that are text. */
export const objectLookups = [
  lookup(
    "aws:s3/getObject:getObject",
    { ...args, checksumMode: text({ check: onlyLocally() }), downloadBody: text() },
    objectOf,
  ),
  lookup("aws:s3/getBucketObject:getBucketObject", args, objectOf),
];

type Wanted = {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string | undefined;
};

function objectOf(context: LookupContext, { bucket, key, versionId }: Wanted) {
  const { buckets, region: own } = context.cloud;
  const stored = findObject(context, { bucket, key, versionId });
  if (stored === undefined) throw missing(`object ${key} in the bucket ${bucket}`);
  const { headers } = stored;
  const contentType = headers["content-type"] ?? "";
  const body = isText(contentType) ? buckets.objects.read(stored).toString() : "";
  const header = (name: string) => headers[name] ?? "";
  return {
    id: `${bucket}/${key}`,
    ...{ arn: `arn:aws:s3:::${bucket}/${key}`, body, contentType, region: own },
    cacheControl: header("cache-control"),
    contentDisposition: header("content-disposition"),
    contentEncoding: header("content-encoding"),
    contentLanguage: header("content-language"),
    contentLength: stored.size,
    etag: stored.etag,
    lastModified: new Date(stored.modified).toUTCString().replace("GMT", "UTC"),
    metadata: metadataIn(headers),
    storageClass: "STANDARD",
    tags: Object.fromEntries((stored.tags ?? []).map(({ key: name, value }) => [name, value])),
    versionId: stored.versionId === "null" ? "" : stored.versionId,
  };
}

function findObject({ cloud: { buckets } }: LookupContext, { bucket, key, versionId }: Wanted) {
  if (buckets.find(bucket) === undefined) throw missing(`bucket ${bucket}`);
  try {
    return buckets.objects.get(bucket, key, versionId);
  } catch (error) {
    if (error instanceof S3Error && error.status === 404) return undefined;
    throw error;
  }
}

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/s3_object */
function isText(contentType: string): boolean {
  return /^(text\/.+|application\/(json|.*\+json|xml|x-yaml|.*\+xml))(;|$)/.test(contentType);
}

function metadataIn(headers: Readonly<Record<string, string>>): Record<string, string> {
  const start = "x-amz-meta-";
  const own = Object.entries(headers).filter(([name]) => name.startsWith(start));
  return Object.fromEntries(own.map(([name, value]) => [name.slice(start.length), value]));
}
