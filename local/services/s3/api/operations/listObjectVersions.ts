import type { XmlContent } from "../../../../protocol/xml.ts";
import type { Buckets } from "../../buckets.ts";
import type { ListingEntry } from "../../listing.ts";
import { invalidArgument } from "../../s3Error.ts";
import { sequenceIn } from "../../storedObject.ts";
import {
  afterMarker,
  commonPrefixElements,
  listEncoding,
  markerOf,
  objectElement,
  ownerElement,
  pageSize,
} from "../lists.ts";
import type { S3Operation } from "../operation.ts";
import { listPermission } from "../permissions.ts";
import { xmlReply } from "../reply.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html */
export const listObjectVersions: S3Operation = {
  name: "ListObjectVersions",
  method: "GET",
  of: "bucket",
  selectedBy: ["versions"],
  parameters: [
    "delimiter",
    "encoding-type",
    "key-marker",
    "max-keys",
    "prefix",
    "version-id-marker",
  ],
  permissions: (request) => [listPermission("s3:ListBucketVersions", request)],
  run({ bucket, query }, { buckets }) {
    const encode = listEncoding(query);
    const limit = pageSize(query, "max-keys");
    const prefix = query.get("prefix") ?? "";
    const delimiter = query.get("delimiter") || undefined;
    const marker = query.get("key-marker") ?? "";
    const sequence = sequenceOf(buckets, bucket, query);
    const page = buckets.objects.list({
      bucket,
      prefix,
      ...(delimiter && { delimiter }),
      ...(marker && { after: afterMarker(marker, sequence, prefix, delimiter) }),
      limit,
      versions: true,
    });
    const last = page.truncated ? page.entries.at(-1) : undefined;
    return xmlReply("ListVersionsResult", {
      Name: bucket,
      Prefix: encode(prefix),
      KeyMarker: encode(marker),
      VersionIdMarker: query.get("version-id-marker") ?? "",
      NextKeyMarker: last && encode(markerOf(last)),
      NextVersionIdMarker: last && "object" in last ? last.object.versionId : undefined,
      MaxKeys: limit,
      Delimiter: delimiter && encode(delimiter),
      EncodingType: query.get("encoding-type") ?? undefined,
      IsTruncated: page.truncated,
      Version: versionElements(page.entries, encode, false),
      DeleteMarker: versionElements(page.entries, encode, true),
      CommonPrefixes: commonPrefixElements(page.entries, encode),
    });
  },
};

function sequenceOf(buckets: Buckets, bucket: string, query: URLSearchParams): number {
  const versionId = query.get("version-id-marker");
  if (!versionId) return 0;
  const key = query.get("key-marker") ?? "";
  if (key === "") {
    const message = "A version-id marker cannot be specified without a key marker.";
    throw invalidArgument(message, "version-id-marker", versionId);
  }
  return (
    sequenceIn(versionId) ?? buckets.objects.findVersion(bucket, key, versionId)?.sequence ?? 0
  );
}

function versionElements(
  entries: readonly ListingEntry[],
  encode: (key: string) => string,
  deleteMarkers: boolean,
): XmlContent[] {
  return entries.flatMap((entry) => {
    if (!("object" in entry) || entry.object.deleteMarker !== deleteMarkers) return [];
    const { object, latest } = entry;
    const version = { VersionId: object.versionId, IsLatest: latest };
    if (!deleteMarkers) return [{ ...objectElement(object, encode, true), ...version }];
    const modified = new Date(object.modified).toISOString();
    return [{ Key: encode(object.key), LastModified: modified, Owner: ownerElement, ...version }];
  });
}
