import type { Cloud } from "../../../cloud.ts";
import { oneOf } from "../../../provider/declaration/checks.ts";
import {
  asset,
  flag,
  listed,
  map,
  region,
  replaces,
  requiredReplaces,
  tags,
  text,
  type Values,
} from "../../../provider/declaration/field.ts";
import { type Making, resourceType } from "../../../provider/declaration/resourceType.ts";
import { ProviderError } from "../../../pulumi/provider.ts";
import { cannedList, isPrivate, privateList } from "../accessLists/accessList.ts";
import { byOwner } from "../requester.ts";
import { S3Error } from "../s3Error.ts";
import type { StoredObject } from "../storedObject.ts";

const inputs = {
  acl: text({
    check: oneOf(
      "private",
      "public-read",
      "public-read-write",
      "bucket-owner-read",
      "bucket-owner-full-control",
    ),
  }),
  bucket: text(requiredReplaces),
  bucketKeyEnabled: listed(flag({ computed: true }), "objects are encrypted on AWS only"),
  cacheControl: text(),
  content: text({ conflicts: ["source", "contentBase64"] }),
  contentBase64: text({ conflicts: ["source", "content"] }),
  contentDisposition: text(),
  contentEncoding: text(),
  contentLanguage: text(),
  contentType: text({ computed: true }),
  etag: text({ computed: true }),
  forceDestroy: flag({ default: false }),
  key: text(replaces),
  kmsKeyId: listed(text({ computed: true }), "objects are encrypted on AWS only"),
  metadata: map(text()),
  region,
  serverSideEncryption: listed(text({ computed: true }), "objects are encrypted on AWS only"),
  source: asset(),
  sourceHash: text(),
  storageClass: listed(text({ computed: true }), "local objects have one class"),
  tags,
};

export const bucketObject = resourceType({
  type: ["aws:s3/bucketObjectv2:BucketObjectv2", "aws:s3/bucketObject:BucketObject"],
  inputs,
  name: { input: "key", maximum: 1024, exact: true },
  computed: ["arn", "etag", "versionId"],
  create: async (cloud, given, making) => {
    await put(cloud, given, making);
    return idOf(given);
  },
  update: (cloud, _id, given, making) => put(cloud, given, making),
  delete: ({ buckets }, _id, { bucket, key = "" }) => {
    const found = buckets.find(bucket);
    if (found === undefined) return;
    if (found.versioning === "Disabled") {
      buckets.objects.delete({ bucket, key }, byOwner());
      return;
    }
    const { entries } = buckets.objects.list({ bucket, limit: 1000, versions: true, prefix: key });
    for (const entry of entries) {
      if (!("object" in entry) || entry.object.key !== key) continue;
      const { versionId } = entry.object;
      buckets.objects.delete({ bucket, key, versionId }, byOwner());
    }
  },
  read: (cloud, id) => {
    const [bucket = "", ...rest] = id.replace(/^s3:\/\//, "").split("/");
    const key = rest.join("/");
    const stored = cloud.buckets.find(bucket) && findObject(cloud, bucket, key);
    return stored && { ...describe(stored), bucket, key };
  },
});

function idOf({ bucket, key = "" }: Values<typeof inputs>): string {
  return `${bucket}/${key}`;
}

async function put(cloud: Cloud, given: Values<typeof inputs>, making: Making): Promise<void> {
  const { bucket, key = "" } = given;
  const bytes = await bytesOf(given, making);
  const { objects } = cloud.buckets;
  const list = cannedList(given.acl ?? "private") ?? privateList;
  cloud.buckets.accessLists.check(bucket, list);
  const acl = isPrivate(list) ? undefined : list;
  objects.put({ bucket, key, bytes, headers: headersOf(given), acl }, byOwner());
}

async function bytesOf(
  { source, content, contentBase64 }: Values<typeof inputs>,
  making: Making,
): Promise<Buffer> {
  if (source !== undefined) return making.bytes(source);
  if (content !== undefined) return Buffer.from(content);
  if (contentBase64 !== undefined) return Buffer.from(contentBase64, "base64");
  throw new ProviderError('one of "source", "content" and "contentBase64" must be given');
}

function headersOf(given: Values<typeof inputs>): Record<string, string> {
  const headers = {
    "content-type": given.contentType ?? "application/octet-stream",
    "cache-control": given.cacheControl,
    "content-disposition": given.contentDisposition,
    "content-encoding": given.contentEncoding,
    "content-language": given.contentLanguage,
    ...Object.fromEntries(
      Object.entries(given.metadata ?? {}).map(([name, value]) => [`x-amz-meta-${name}`, value]),
    ),
  };
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}

function findObject({ buckets: { objects } }: Cloud, bucket: string, key: string) {
  try {
    return objects.get(bucket, key);
  } catch (error) {
    if (error instanceof S3Error && error.code === "NoSuchKey") return undefined;
    throw error;
  }
}

function describe({ headers, etag, versionId, bucket, key }: StoredObject) {
  const { "content-type": contentType = "", "cache-control": cacheControl } = headers;
  return {
    arn: `arn:aws:s3:::${bucket}/${key}`,
    contentType,
    etag,
    versionId: versionId === "null" ? "" : versionId,
    ...(cacheControl !== undefined && { cacheControl }),
  };
}
