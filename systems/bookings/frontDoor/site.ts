import { readdirSync } from "node:fs";
import path from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** By the ending of a file's name. */
const contentTypes: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** Stores every file of a folder in a bucket, under its path in the folder. */
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
        // Names stay the same from version to version, so that browsers have to ask; mostly the answer is 304.
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
