import {
  afterMarker,
  commonPrefixElements,
  listEncoding,
  markerOf,
  objectElement,
  objectsOf,
  pageSize,
} from "../lists.ts";
import type { S3Operation } from "../operation.ts";
import { listPermission } from "../permissions.ts";
import { xmlReply } from "../reply.ts";

/** The first version of the call. https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html */
export const listObjects: S3Operation = {
  name: "ListObjects",
  method: "GET",
  of: "bucket",
  parameters: ["delimiter", "encoding-type", "marker", "max-keys", "prefix"],
  permissions: (request) => [listPermission("s3:ListBucket", request)],
  run({ bucket, query, call }, { buckets }) {
    const encode = listEncoding(query);
    const limit = pageSize(query, "max-keys");
    const prefix = query.get("prefix") ?? "";
    const delimiter = query.get("delimiter") || undefined;
    const marker = query.get("marker") ?? "";
    const page = buckets.objects.list({
      bucket,
      prefix,
      ...(delimiter && { delimiter }),
      ...(marker && { after: afterMarker(marker, 0, prefix, delimiter) }),
      limit,
      versions: false,
    });
    const last = page.entries.at(-1);
    return xmlReply("ListBucketResult", {
      Name: bucket,
      Prefix: encode(prefix),
      Marker: encode(marker),
      // Without a delimiter callers take the last key.
      NextMarker: page.truncated && delimiter && last ? encode(markerOf(last)) : undefined,
      MaxKeys: limit,
      Delimiter: delimiter && encode(delimiter),
      EncodingType: query.get("encoding-type") ?? undefined,
      IsTruncated: page.truncated,
      // Callers without a signature are not told who owns an object.
      Contents: objectsOf(page.entries).map((object) =>
        objectElement(object, encode, call.principal.kind !== "anonymous"),
      ),
      CommonPrefixes: commonPrefixElements(page.entries, encode),
    });
  },
};
