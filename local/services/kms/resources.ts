import * as v from "valibot";
import {
  optionalFlag,
  optionalNumber,
  optionalText,
  type ResourceType,
  resourceType,
  tags,
} from "../../provider/resourceType.ts";

export const kms: Readonly<Record<string, ResourceType>> = {
  "aws:kms/key:Key": resourceType(
    {
      description: optionalText,
      enableKeyRotation: optionalFlag,
      deletionWindowInDays: optionalNumber,
      policy: optionalText,
      tags,
    },
    (cloud, logicalName, { policy }) => ({
      id: logicalName,
      outputs: { keyId: logicalName, arn: cloud.keys.create(logicalName, policy) },
    }),
  ),

  "aws:kms/keyPolicy:KeyPolicy": resourceType(
    { keyId: v.string(), policy: v.string() },
    (cloud, _name, { keyId, policy }) => {
      cloud.keys.setPolicy(keyId, policy);
      return { id: keyId };
    },
  ),
};
