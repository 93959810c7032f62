import { invalidArgument } from "../s3Error.ts";
import type { Permission } from "./operation.ts";
import { onObject } from "./permissions.ts";
import type { S3Request } from "./request.ts";

export type CopySource = {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string | undefined;
};

/** Headers of an operation that copies. */
export const copySourceHeaders = [
  "x-amz-copy-source",
  "x-amz-copy-source-if-match",
  "x-amz-copy-source-if-modified-since",
  "x-amz-copy-source-if-none-match",
  "x-amz-copy-source-if-unmodified-since",
  "x-amz-source-expected-bucket-owner",
];

/**
 * Reads `x-amz-copy-source`: `bucket/key`, form-encoded as S3 wants it (a plus sign is a space), with
 * `?versionId=` after it where a version is meant. The address of an object is understood as well.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
 * @throws S3Error InvalidArgument
 */
export function copySourceOf({ headers }: S3Request): CopySource {
  const header = (headers["x-amz-copy-source"] ?? "").replace(/^https?:\/\/[^/]+/, "");
  const [, path = "", versionId] = /^\/?(.*?)(?:\?versionId=(.*))?$/.exec(header) ?? [];
  const decoded = decode(path);
  const slash = decoded?.indexOf("/") ?? -1;
  if (decoded === undefined || slash <= 0 || slash === decoded.length - 1) {
    if (slash < 0) {
      throw invalidArgument(
        "Invalid copy source object key",
        "x-amz-copy-source",
        "x-amz-copy-source",
      );
    }
    const message = "Copy Source must mention the source bucket and key: sourcebucket/sourcekey";
    throw invalidArgument(message, "x-amz-copy-source", header);
  }
  return { bucket: decoded.slice(0, slash), key: decoded.slice(slash + 1), versionId };
}

export function sourcePermission(source: CopySource): Permission {
  return onObject(source.versionId === undefined ? "s3:GetObject" : "s3:GetObjectVersion", source);
}

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path.replaceAll("+", " "));
  } catch {
    return undefined;
  }
}
