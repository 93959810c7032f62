import type { Bucket } from "../bucket.ts";

/** Tells the version that a write made, where the bucket keeps versions. */
export function versionHeader(
  bucket: Bucket,
  { versionId }: { readonly versionId?: string },
): Readonly<Record<string, string>> {
  if (bucket.versioning !== "Enabled" || versionId === undefined) return {};
  return { "x-amz-version-id": versionId };
}
