import { readdirSync } from "node:fs";
import path from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** Content types by file extension. */
const contentTypes: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** Uploads every file of a folder to a bucket, by its path in the folder. */
export function uploadSite(
  name: string,
  bucket: aws.s3.Bucket,
  folder: string,
  child: pulumi.ResourceOptions,
): void {
  for (const key of filesIn(folder)) {
    new aws.s3.BucketObjectv2(
      `${name}-site/${key}`,
      {
        bucket: bucket.id,
        key,
        source: new pulumi.asset.FileAsset(path.join(folder, key)),
        contentType: contentTypeOf(key),
        // File names do not change with versions, so browsers revalidate; most responses are 304.
        cacheControl: "no-cache",
      },
      child,
    );
  }
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .map((file) => file.split(path.sep).join("/"))
    .sort();
}

function contentTypeOf(key: string): string {
  const type = contentTypes[path.extname(key)];
  if (type !== undefined) return type;
  const known = Object.keys(contentTypes).join(", ");
  throw new pulumi.RunError(
    `the site's file "${key}" has no known content type (${known}): add it to systems/bookings/frontDoor/site.ts`,
  );
}
