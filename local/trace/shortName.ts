import { parseArn } from "../../aws/arn.ts";

/** A resource's short name: `inventory` for `arn:aws:lambda:...:function:inventory`; other texts are returned unchanged. */
export function shortName(arnOrAddress: string): string {
  const arn = parseArn(arnOrAddress);
  if (arn === undefined) return arnOrAddress;
  if (arn.service === "iam")
    return arn.resource.replace(/^(role|user)\//, "").replace("root", "owner");
  return arn.resource.replace(
    /^(function|table|stream|stateMachine|rule|schedule\/[^/]+)[:/]?/,
    "",
  );
}
