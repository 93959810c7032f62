import * as v from "valibot";
import { AwsError } from "../../../protocol/awsError.ts";
import type { Call, Operations } from "../../../protocol/call.ts";
import { describeRole } from "../roleDescription.ts";
import { iamArn, type Role } from "../roles.ts";
import type { IamOptions } from "./iamInput.ts";
import { ignored, name, parse, path, requirePermission, text, understood } from "./iamInput.ts";

const createInput = v.strictObject({
  AssumeRolePolicyDocument: text,
  Description: ignored,
  MaxSessionDuration: ignored,
  Path: path,
  PermissionsBoundary: v.optional(v.string()),
  RoleName: name,
  Tags: ignored,
});
const nameInput = v.strictObject({ RoleName: name });
const trustInput = v.strictObject({ RoleName: name, PolicyDocument: text });
const listInput = v.strictObject({ PathPrefix: v.optional(v.string(), "/"), MaxItems: ignored });

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html */
export function roleOperations({ roles, authorize, clients }: IamOptions): Operations {
  const find = (call: Call, action: string, roleName: string): Role => {
    requirePermission(authorize, call, `iam:${action}`, iamArn("role", roleName));
    return roles.named(roleName);
  };
  return {
    CreateRole(input, call) {
      const given = parse(createInput, input);
      const arn = iamArn("role", given.RoleName, given.Path);
      requirePermission(authorize, call, "iam:CreateRole", arn);
      if (roles.findNamed(given.RoleName) !== undefined) {
        const message = `Role with name ${given.RoleName} already exists.`;
        throw new AwsError("EntityAlreadyExists", message, { status: 409 });
      }
      const { PermissionsBoundary: boundary } = given;
      // Before the role exists: a call that fails creates nothing.
      if (boundary !== undefined) roles.managedPolicy(boundary);
      understood(() => roles.setTrust(arn, given.AssumeRolePolicyDocument));
      roles.setBoundary(arn, boundary);
      clients?.add(arn);
      return { Role: roleOutput(roles.named(given.RoleName)) };
    },
    GetRole(input, call) {
      const { RoleName } = parse(nameInput, input);
      return { Role: roleOutput(find(call, "GetRole", RoleName)) };
    },
    ListRoles(input, call) {
      const { PathPrefix } = parse(listInput, input);
      requirePermission(authorize, call, "iam:ListRoles", "*");
      const found = roles.arns().flatMap((arn) => {
        const role = arn.includes(":role/") ? roles.find(arn) : undefined;
        return role === undefined ? [] : roleOutput(role);
      });
      return {
        Roles: found.filter((role) => role.Path.startsWith(PathPrefix)),
        IsTruncated: false,
      };
    },
    UpdateAssumeRolePolicy(input, call) {
      const { RoleName, PolicyDocument } = parse(trustInput, input);
      const { arn } = find(call, "UpdateAssumeRolePolicy", RoleName);
      understood(() => roles.setTrust(arn, PolicyDocument));
      return {};
    },
    DeleteRole(input, call) {
      const { RoleName } = parse(nameInput, input);
      const { arn, attached, inline } = find(call, "DeleteRole", RoleName);
      if (attached.size > 0) throw conflict("must detach all policies first.");
      if (inline.size > 0) throw conflict("must delete policies first.");
      roles.remove(arn);
      return {};
    },
  };
}

function roleOutput(role: Role) {
  const { arn, name: RoleName, path: Path, createDate, uniqueId } = describeRole(role);
  const { trust, boundary } = role;
  return {
    Path,
    RoleName,
    RoleId: uniqueId,
    Arn: arn,
    CreateDate: createDate,
    // Answers of IAM hold documents percent-encoded, as RFC 3986 has it.
    AssumeRolePolicyDocument: trust === undefined ? undefined : encodeURIComponent(trust),
    MaxSessionDuration: 3600,
    ...(boundary !== undefined && {
      PermissionsBoundary: {
        PermissionsBoundaryType: "Policy",
        PermissionsBoundaryArn: boundary,
      },
    }),
  };
}

function conflict(reason: string): AwsError {
  return new AwsError("DeleteConflict", `Cannot delete entity, ${reason}`, { status: 409 });
}
