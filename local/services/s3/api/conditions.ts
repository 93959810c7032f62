import type { Conditions } from "../preconditions.ts";

/** @param prefix of the headers' names: `x-amz-copy-source-` for the source of a copy */
export function conditionsOf(
  headers: Readonly<Record<string, string>>,
  prefix: "" | "x-amz-copy-source-" = "",
): Conditions {
  return {
    ifMatch: headers[`${prefix}if-match`],
    ifNoneMatch: headers[`${prefix}if-none-match`],
    ifModifiedSince: headers[`${prefix}if-modified-since`],
    ifUnmodifiedSince: headers[`${prefix}if-unmodified-since`],
  };
}
