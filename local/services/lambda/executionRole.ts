import type { Decision } from "../../protocol/access.ts";
import { AwsError } from "../../protocol/awsError.ts";

/**
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
 *
 * @param permissions which decide whether a service may assume a role
 * @throws AwsError InvalidParameterValueException for a role that does not trust Lambda
 */
export function requireTrust(
  permissions: { assume(roleArn: string, service: string): Decision },
  roleArn: string,
): void {
  const decision = permissions.assume(roleArn, "lambda.amazonaws.com");
  if (decision.allowed) return;
  throw new AwsError(
    "InvalidParameterValueException",
    `The role defined for the function cannot be assumed by Lambda. (${decision.reason})`,
  );
}
