import * as v from "valibot";
import type { Cloud } from "../../cloud.ts";
import { ownerCredentials } from "../../protocol/authentication/ownerCredentials.ts";
import { presignedPath } from "../../protocol/authentication/signRequest.ts";

/** Seconds that the page has to begin its upload. */
const expires = 900;

export const uploadInput = v.strictObject({
  /** Under which the page knows this endpoint. */
  host: v.string(),
  /** Of the object, percent-encoded: `/bucket/key`. */
  path: v.string(),
  /** That the page will send. */
  headers: v.record(v.string(), v.string()),
});

/** Where the page puts an object, as the account's owner; with its path's signature. */
export function presignUpload(
  { region }: Pick<Cloud, "region">,
  { host, path, headers }: v.InferOutput<typeof uploadInput>,
): { path: string } {
  const upload = { method: "PUT", host, path, query: new URLSearchParams(), headers };
  return { path: presignedPath(upload, { credentials: ownerCredentials, region }, expires) };
}
