import { accountRootArn } from "../../../aws/arn.ts";
import { account } from "../../arn.ts";
import type { Call, Operations, Reply } from "../../protocol/call.ts";
import { queryProtocol } from "../../protocol/queryProtocol.ts";
import { userId } from "../iam/interface.ts";

/**
 * Serves STS's `GetCallerIdentity`, which requires no permission.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export function stsService(): (call: Call) => Promise<Reply> {
  return queryProtocol({ namespace: "https://sts.amazonaws.com/doc/2011-06-15/", operations });
}

const operations: Operations = {
  GetCallerIdentity: (_input, { principal }) => {
    if (principal.kind === "user") {
      const name = principal.arn.split("/").at(-1) ?? "";
      return { Arn: principal.arn, UserId: userId(name), Account: account };
    }
    if (principal.kind !== "role") {
      return { Arn: accountRootArn(account), UserId: account, Account: account };
    }
    const role = principal.arn.split("/").at(-1) ?? "";
    // A session is named after what runs in it; here nothing but the role is known of that.
    return {
      Arn: `arn:aws:sts::${account}:assumed-role/${role}/${role}`,
      UserId: `AROA${"0".repeat(17)}:${role}`,
      Account: account,
    };
  },
};
