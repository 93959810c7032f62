import { parseArn } from "../../../../aws/arn.ts";
import { account } from "../../../arn.ts";
import type { Check } from "../../../provider/declaration/field.ts";

/**
 * Rejects a dead-letter queue whose sources are in another account, with what to do. AWS allows sources of the
 * queue's own account only, which is where a program with several accounts creates them.
 */
export const sourcesInOwnAccount: Check = (value, property) => {
  const other = sourcesOf(value)
    .map((arn) => parseArn(arn)?.account)
    .find((given) => given !== undefined && given !== account);
  return other === undefined
    ? undefined
    : `the local cloud has one account, ${account}, and ${property} names a queue of ${other}: leave the account out where the program runs locally`;
};

function sourcesOf(value: unknown): string[] {
  const policy: unknown = typeof value === "string" ? JSON.parse(value) : value;
  if (typeof policy !== "object" || policy === null || !("sourceQueueArns" in policy)) return [];
  const { sourceQueueArns: arns } = policy;
  return Array.isArray(arns) ? arns.filter((arn) => typeof arn === "string") : [];
}
