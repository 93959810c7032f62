import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../policies/document.ts";
import { policyDocument } from "../policies/document.ts";
import { consumeQueue } from "../policies/functionRolePolicy.ts";
import { decryptMessages } from "../policies/keyPolicy.ts";

/** Adds a policy of its own to a role; what the role may do already stays as it is. */
export function createGrant(
  name: string,
  role: aws.iam.Role,
  statements: readonly pulumi.Output<Statement>[],
): aws.iam.RolePolicy {
  const policy = pulumi.all([...statements]).apply((known) => policyDocument(...known));
  return new aws.iam.RolePolicy(
    name,
    { role: role.id, policy: pulumi.jsonStringify(policy) },
    { parent: role },
  );
}

/** What working off a queue takes. */
export function consuming(
  queueArn: pulumi.Output<string>,
  key: aws.kms.Key | undefined,
): pulumi.Output<Statement>[] {
  const consume = queueArn.apply(consumeQueue);
  return key === undefined ? [consume] : [consume, key.arn.apply(decryptMessages)];
}
