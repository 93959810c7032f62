import { parseArn } from "../../aws/arn.ts";

/** What people call a resource: `inventory` of `arn:aws:lambda:...:function:inventory`; a text that is no ARN, itself. */
export function shortName(arnOrAddress: string): string {
  const arn = parseArn(arnOrAddress);
  if (arn === undefined) return arnOrAddress;
  if (arn.service === "iam")
    return arn.resource.replace(/^(role|user)\//, "").replace("root", "owner");
  return arn.resource.replace(/^(function|table|stateMachine):?\/?/, "");
}
