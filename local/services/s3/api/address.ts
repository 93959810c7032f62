import { S3Error } from "../s3Error.ts";

/** What a request is about: the service (no bucket), a bucket (no key), or an object. */
export type Address = { readonly bucket: string; readonly key: string };

/**
 * Reads the bucket from the path (`/bucket/key`), or from the host where it stands there
 * (`bucket.localhost`, `bucket.s3.eu-west-1.localhost`).
 * @param path still percent-encoded
 * @throws S3Error InvalidURI
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 */
export function addressOf(path: string, host: string): Address {
  const decoded = decodePath(path).slice(1);
  const bucket = bucketInHost(host);
  if (bucket !== undefined) return { bucket, key: decoded };
  const slash = decoded.indexOf("/");
  if (slash < 0) return { bucket: decoded, key: "" };
  return { bucket: decoded.slice(0, slash), key: decoded.slice(slash + 1) };
}

function bucketInHost(host: string): string | undefined {
  const name = /^(.+)\.localhost(?::\d+)?$/.exec(host)?.[1];
  return name?.replace(/(?:^|\.)s3(?:[.-][a-z0-9-]+)?$/, "") || undefined;
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new S3Error("InvalidURI", "Couldn't parse the specified URI.", {
      details: { URI: path },
    });
  }
}
