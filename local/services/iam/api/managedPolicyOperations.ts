import * as v from "valibot";
import { AwsError } from "../../../protocol/awsError.ts";
import type { Call, Operations } from "../../../protocol/call.ts";
import { describePolicy } from "../policyDescription.ts";
import { iamArn } from "../roles.ts";
import type { IamOptions } from "./iamInput.ts";
import { ignored, name, parse, path, requirePermission, text, understood } from "./iamInput.ts";

const createInput = v.strictObject({
  Description: ignored,
  Path: path,
  PolicyDocument: text,
  PolicyName: name,
  Tags: ignored,
});
const arnInput = v.strictObject({ PolicyArn: text });
const versionInput = v.strictObject({ PolicyArn: text, VersionId: text });

/** The account's own managed policies. Each has one version, `v1`. */
export function managedPolicyOperations({ roles, authorize, clients }: IamOptions): Operations {
  const find = (call: Call, action: string, arn: string): string => {
    requirePermission(authorize, call, `iam:${action}`, arn);
    return roles.managedPolicy(arn);
  };
  return {
    CreatePolicy(input, call) {
      const given = parse(createInput, input);
      const arn = iamArn("policy", given.PolicyName, given.Path);
      requirePermission(authorize, call, "iam:CreatePolicy", arn);
      if (roles.findManagedPolicy(arn) !== undefined) {
        const message = `A policy called ${given.PolicyName} already exists. Duplicate names are not allowed.`;
        throw new AwsError("EntityAlreadyExists", message, { status: 409 });
      }
      understood(() => roles.setManagedPolicy(arn, given.PolicyDocument));
      clients?.addPolicy(arn);
      return { Policy: policyOutput(arn, 0) };
    },
    GetPolicy(input, call) {
      const { PolicyArn } = parse(arnInput, input);
      find(call, "GetPolicy", PolicyArn);
      return { Policy: policyOutput(PolicyArn, usersOf(PolicyArn).length) };
    },
    GetPolicyVersion(input, call) {
      const { PolicyArn, VersionId } = parse(versionInput, input);
      const document = find(call, "GetPolicyVersion", PolicyArn);
      if (VersionId !== "v1") {
        const message = `Policy ${PolicyArn} version ${VersionId} does not exist.`;
        throw new AwsError("NoSuchEntity", message, { status: 404 });
      }
      return {
        PolicyVersion: {
          Document: encodeURIComponent(document),
          VersionId,
          IsDefaultVersion: true,
        },
      };
    },
    DeletePolicy(input, call) {
      const { PolicyArn } = parse(arnInput, input);
      find(call, "DeletePolicy", PolicyArn);
      if (usersOf(PolicyArn).length > 0) {
        const message = "Cannot delete a policy attached to entities.";
        throw new AwsError("DeleteConflict", message, { status: 409 });
      }
      roles.removeManagedPolicy(PolicyArn);
      return {};
    },
  };

  function usersOf(policyArn: string): string[] {
    return roles.arns().filter((arn) => roles.find(arn)?.attached.has(policyArn));
  }
}

function policyOutput(arn: string, attachments: number) {
  const { name: PolicyName, path: Path, policyId } = describePolicy(arn);
  return {
    PolicyName,
    PolicyId: policyId,
    Arn: arn,
    Path,
    DefaultVersionId: "v1",
    AttachmentCount: attachments,
    IsAttachable: true,
  };
}
