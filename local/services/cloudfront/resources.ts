import type { ResourceType } from "../../provider/declaration/resourceType.ts";
import { distribution } from "./resources/distribution.ts";
import { originAccessIdentity } from "./resources/originAccessIdentity.ts";
import { originAccessControl, responseHeadersPolicy } from "./resources/policies.ts";

export const cloudfront: readonly ResourceType[] = [
  originAccessControl,
  originAccessIdentity,
  responseHeadersPolicy,
  distribution,
];
