import type { ServerResponse } from "node:http";
import type { Buckets } from "../services/s3/buckets.ts";
import { S3Error } from "../services/s3/s3Error.ts";

/** Where the bytes of an object are served, by `bucket` and `key`. */
export const objectPath = "/_fanout/object";

/**
 * Serves an object: an image as such, anything else as a file to be saved. The sandbox makes it a page of no
 * origin, so that nothing in it runs.
 */
export function serveObject(
  buckets: Buckets,
  query: URLSearchParams,
  response: ServerResponse,
): void {
  try {
    const object = buckets.objects.get(query.get("bucket") ?? "", query.get("key") ?? "");
    const type = object.headers["content-type"] ?? "binary/octet-stream";
    const isImage = type.startsWith("image/");
    response.writeHead(200, {
      "content-type": isImage ? type : "application/octet-stream",
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
      ...(!isImage && {
        "content-disposition": `attachment; filename*=UTF-8''${fileName(object.key)}`,
      }),
    });
    response.end(buckets.objects.read(object));
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    response.writeHead(error.status, { "content-type": "text/plain; charset=utf-8" });
    response.end(`${error.message}\n`);
  }
}

function fileName(key: string): string {
  return encodeURIComponent(key.split("/").at(-1) || "object");
}
