import { accountLookups } from "./account.ts";
import { cloudControl } from "./cloudControl.ts";
import type { Lookup } from "./lookup.ts";
import { policyDocument } from "./policyDocument.ts";
import { resourceLookups } from "./resources.ts";

export const allLookups: readonly Lookup[] = [
  ...accountLookups,
  cloudControl,
  policyDocument,
  ...resourceLookups,
];

/** By Pulumi's tokens. */
export const lookups: ReadonlyMap<string, Lookup> = new Map(
  allLookups.map((each) => [each.token, each] as const),
);
