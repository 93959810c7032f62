import * as v from "valibot";
import { AwsError } from "../../../protocol/awsError.ts";
import type { Call, Operations } from "../../../protocol/call.ts";
import { iamArn, type Role } from "../roles.ts";
import type { IamOptions } from "./iamInput.ts";
import { ignored, name, parse, requirePermission, text, understood } from "./iamInput.ts";

const roleInput = v.strictObject({ RoleName: name, MaxItems: ignored, PathPrefix: ignored });
const inlineInput = v.strictObject({ RoleName: name, PolicyName: name });
const putInput = v.strictObject({ RoleName: name, PolicyName: name, PolicyDocument: text });
const attachInput = v.strictObject({ RoleName: name, PolicyArn: text });

/** The policies of a role: those written into it, and those attached. */
export function rolePolicyOperations({ roles, authorize }: IamOptions): Operations {
  const find = (call: Call, action: string, roleName: string): Role => {
    requirePermission(authorize, call, `iam:${action}`, iamArn("role", roleName));
    return roles.named(roleName);
  };
  return {
    PutRolePolicy(input, call) {
      const { RoleName, PolicyName, PolicyDocument } = parse(putInput, input);
      const { arn } = find(call, "PutRolePolicy", RoleName);
      understood(() => roles.setPolicy(arn, PolicyName, PolicyDocument));
      return {};
    },
    GetRolePolicy(input, call) {
      const { RoleName, PolicyName } = parse(inlineInput, input);
      const document = find(call, "GetRolePolicy", RoleName).inline.get(PolicyName);
      if (document === undefined) throw noPolicy(PolicyName);
      return { RoleName, PolicyName, PolicyDocument: encodeURIComponent(document) };
    },
    ListRolePolicies(input, call) {
      const { RoleName } = parse(roleInput, input);
      const { inline } = find(call, "ListRolePolicies", RoleName);
      return { PolicyNames: [...inline.keys()], IsTruncated: false };
    },
    DeleteRolePolicy(input, call) {
      const { RoleName, PolicyName } = parse(inlineInput, input);
      const { arn, inline } = find(call, "DeleteRolePolicy", RoleName);
      if (!inline.has(PolicyName)) throw noPolicy(PolicyName);
      roles.removePolicy(arn, PolicyName);
      return {};
    },
    AttachRolePolicy(input, call) {
      const { RoleName, PolicyArn } = parse(attachInput, input);
      roles.attach(find(call, "AttachRolePolicy", RoleName).arn, PolicyArn);
      return {};
    },
    ListAttachedRolePolicies(input, call) {
      const { RoleName } = parse(roleInput, input);
      const { attached } = find(call, "ListAttachedRolePolicies", RoleName);
      const policies = [...attached].map((PolicyArn) => ({
        PolicyName: PolicyArn.split("/").at(-1),
        PolicyArn,
      }));
      return { AttachedPolicies: policies, IsTruncated: false };
    },
    // Instance profiles are the program's part: a role of a client is in none.
    ListInstanceProfilesForRole(input, call) {
      const { RoleName } = parse(roleInput, input);
      find(call, "ListInstanceProfilesForRole", RoleName);
      return { InstanceProfiles: [], IsTruncated: false };
    },
    DetachRolePolicy(input, call) {
      const { RoleName, PolicyArn } = parse(attachInput, input);
      const { arn, attached } = find(call, "DetachRolePolicy", RoleName);
      if (!attached.has(PolicyArn)) throw notFound(`Policy ${PolicyArn} was not found.`);
      roles.detach(arn, PolicyArn);
      return {};
    },
  };
}

function noPolicy(policy: string): AwsError {
  return notFound(`The role policy with name ${policy} cannot be found.`);
}

function notFound(message: string): AwsError {
  return new AwsError("NoSuchEntity", message, { status: 404 });
}
