import { arnParts } from "../../../aws/arn.ts";
import type { Cloud } from "../../cloud.ts";
import type { StoredObject } from "../../services/s3/storedObject.ts";
import type { Hop } from "../../trace/hop.ts";
import type { BucketView, ObjectLine, ObjectView } from "./types.ts";

/** The most of a text that is shown, in bytes. */
const mostText = 64 * 1024;

/** @param prefix of keys; "" for all @throws S3Error NoSuchBucket */
export function bucketView(cloud: Cloud, arn: string, prefix: string, most: number): BucketView {
  const name = arnParts(arn).resource;
  const { entries, truncated } = cloud.buckets.objects.list({
    bucket: name,
    prefix,
    limit: most,
    versions: false,
  });
  const writers = writersOf(cloud.trace.recent(), arn);
  const objects = entries.flatMap((entry) =>
    "object" in entry ? [lineOf(entry.object, writers)] : [],
  );
  return { arn, name, objects, more: truncated };
}

/** @throws S3Error NoSuchKey */
export function objectView(cloud: Cloud, arn: string, key: string): ObjectView {
  const bucket = arnParts(arn).resource;
  const object = cloud.buckets.objects.get(bucket, key);
  const line = lineOf(object, writersOf(cloud.trace.recent(), arn));
  const isText = /^(text\/|application\/(json|xml|.*\+json|.*\+xml|javascript))/.test(
    line.contentType,
  );
  const bytes = cloud.buckets.objects.read(object, 0, Math.min(object.size, mostText));
  const shown = isText || looksLikeText(bytes) ? { text: bytes.toString() } : {};
  return { ...line, bucket, metadata: metadataOf(object), ...shown, cut: object.size > mostText };
}

/** The event of the latest step that stored each key. */
function writersOf(hops: readonly Hop[], bucketArn: string): ReadonlyMap<string, string> {
  const writers = new Map<string, string>();
  for (const hop of hops) {
    if (hop.kind === "stored" && hop.to === bucketArn) writers.set(hop.key, hop.event);
  }
  return writers;
}

function lineOf(
  { key, size, modified, headers }: StoredObject,
  writers: ReadonlyMap<string, string>,
): ObjectLine {
  const event = writers.get(key);
  const contentType = headers["content-type"] ?? "binary/octet-stream";
  return { key, size, modified, contentType, ...(event !== undefined && { event }) };
}

function metadataOf({ headers }: StoredObject): Record<string, string> {
  const prefix = "x-amz-meta-";
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [],
    ),
  );
}

/** Valid UTF-8 without control characters, whatever the uploader called it. */
function looksLikeText(bytes: Buffer): boolean {
  if (bytes.length === 0) return false;
  const text = new TextDecoder().decode(bytes, { stream: true });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a text has not
  return !/[\u0000-\u0008\u000e-\u001f\ufffd]/.test(text);
}
