import * as v from "valibot";
import { formatArn } from "../../arn.ts";
import {
  optionalNumber,
  optionalText,
  type ResourceType,
  resourceType,
  tags,
} from "../../provider/resourceType.ts";

export const iam: Readonly<Record<string, ResourceType>> = {
  "aws:iam/role:Role": resourceType(
    {
      name: optionalText,
      assumeRolePolicy: v.string(),
      description: optionalText,
      maxSessionDuration: optionalNumber,
      tags,
    },
    (cloud, logicalName, inputs) => {
      const name = inputs.name ?? logicalName;
      const arn = formatArn("iam", cloud.region, `role/${name}`);
      cloud.permissions.addRole(arn);
      return { id: name, outputs: { name, arn } };
    },
  ),

  "aws:iam/rolePolicy:RolePolicy": resourceType(
    { name: optionalText, role: v.string(), policy: v.string() },
    (cloud, logicalName, { name = logicalName, role, policy }) => {
      cloud.permissions.setRolePolicy(formatArn("iam", cloud.region, `role/${role}`), name, policy);
      return { id: `${role}:${name}`, outputs: { name } };
    },
  ),
};
