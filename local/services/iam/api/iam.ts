import type { Call, Reply } from "../../../protocol/call.ts";
import { queryProtocol } from "../../../protocol/queryProtocol.ts";
import type { IamOptions } from "./iamInput.ts";
import { managedPolicyOperations } from "./managedPolicyOperations.ts";
import { roleOperations } from "./roleOperations.ts";
import { rolePolicyOperations } from "./rolePolicyOperations.ts";

/**
 * Serves IAM's roles and managed policies. Users, groups and instance profiles are the program's part.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html
 */
export function iamService(options: IamOptions): (call: Call) => Promise<Reply> {
  const serve = queryProtocol({
    namespace: "https://iam.amazonaws.com/doc/2010-05-08/",
    operations: {
      ...roleOperations(options),
      ...rolePolicyOperations(options),
      ...managedPolicyOperations(options),
    },
    withoutResult: [
      "AttachRolePolicy",
      "DeletePolicy",
      "DeleteRole",
      "DeleteRolePolicy",
      "DetachRolePolicy",
      "PutRolePolicy",
      "UpdateAssumeRolePolicy",
    ],
  });
  return async (call) => {
    const reply = await serve(call);
    options.clients?.follow();
    return reply;
  };
}
