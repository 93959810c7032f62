import { accountLookups } from "./account.ts";
import { apiLookups } from "./apis.ts";
import { cloudControl } from "./cloudControl.ts";
import { functionLookups } from "./functions.ts";
import { identityLookups } from "./identities.ts";
import type { Lookup } from "./lookup.ts";
import { madeLookups } from "./made.ts";
import { networkLookups } from "./networks.ts";
import { objectLookups } from "./objects.ts";
import { policyDocument } from "./policyDocument.ts";
import { registryLookups } from "./registry.ts";
import { resourceLookups } from "./resources.ts";
import { secretLookups } from "./secrets.ts";

export const allLookups: readonly Lookup[] = [
  ...accountLookups,
  ...apiLookups,
  cloudControl,
  ...functionLookups,
  ...identityLookups,
  ...madeLookups,
  ...networkLookups,
  ...objectLookups,
  policyDocument,
  ...registryLookups,
  ...resourceLookups,
  ...secretLookups,
];

/** By Pulumi's tokens. */
export const lookups: ReadonlyMap<string, Lookup> = new Map(
  allLookups.map((each) => [each.token, each] as const),
);
