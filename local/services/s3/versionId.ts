import { randomBytes } from "node:crypto";
import type { Versioning } from "./bucket.ts";
import { invalidArgument } from "./s3Error.ts";

/** The id of what is put or deleted while the bucket keeps no versions, or keeps them no longer. */
export const nullVersion = "null";

/** @param sequence of the version, which its id tells again, so that a listing can go on after it */
export function newVersionId(versioning: Versioning, sequence: number): string {
  if (versioning !== "Enabled") return nullVersion;
  const bytes = randomBytes(24);
  bytes.writeBigUInt64BE(BigInt(sequence));
  return bytes.toString("base64url");
}

/** The sequence of the version with that id; undefined for `null`, which tells none. */
export function sequenceIn(versionId: string): number | undefined {
  checkVersionId(versionId);
  if (versionId === nullVersion) return undefined;
  return Number(Buffer.from(versionId, "base64url").readBigUInt64BE());
}

/** @throws S3Error InvalidArgument for a text that no version can have as its id */
export function checkVersionId(versionId: string): void {
  if (versionId === nullVersion || /^[\w-]{32}$/.test(versionId)) return;
  throw invalidArgument("Invalid version id specified", "versionId", versionId);
}
