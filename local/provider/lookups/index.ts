import { accountLookups } from "./account.ts";
import type { Lookup } from "./lookup.ts";
import { policyDocument } from "./policyDocument.ts";
import { resourceLookups } from "./resources.ts";

export const allLookups: readonly Lookup[] = [
  ...accountLookups,
  policyDocument,
  ...resourceLookups,
];

/** By Pulumi's tokens. */
export const lookups: ReadonlyMap<string, Lookup> = new Map(
  allLookups.map((each) => [each.token, each] as const),
);
