import * as v from "valibot";
import { AwsError } from "../../../protocol/awsError.ts";
import { type FindOptions, findFunction } from "./findFunction.ts";
import { requestBody } from "./requestBody.ts";
import { jsonReply, type Route } from "./route.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
const addPermissionInput = v.strictObject({
  Action: v.string(),
  FunctionUrlAuthType: v.optional(v.string()),
  InvokedViaFunctionUrl: v.optional(v.boolean()),
  Principal: v.string(),
  PrincipalOrgID: v.optional(v.string()),
  SourceAccount: v.optional(v.string()),
  SourceArn: v.optional(v.string()),
  StatementId: v.string(),
});

/** The operations on the policy of a function, a version or an alias. */
export function permissionRoutes(options: FindOptions): Route[] {
  const { functions } = options;
  return [
    {
      method: "GET",
      path: "/2015-03-31/functions/{FunctionName}/policy",
      answer(call, name) {
        const Policy = functions.policy(findFunction(options, call, "GetPolicy", name).arn);
        if (Policy === undefined) throw notFound("The resource you requested does not exist.");
        return jsonReply(200, { Policy });
      },
    },
    {
      method: "POST",
      path: "/2015-03-31/functions/{FunctionName}/policy",
      answer(call, name) {
        const { arn } = findFunction(options, call, "AddPermission", name);
        const given = requestBody(addPermissionInput, call, "AddPermission");
        functions.addPermission(arn, {
          statementId: given.StatementId,
          action: given.Action,
          principal: given.Principal,
          ...(given.SourceArn !== undefined && { sourceArn: given.SourceArn }),
          ...(given.SourceAccount !== undefined && { sourceAccount: given.SourceAccount }),
          ...(given.PrincipalOrgID !== undefined && { principalOrgId: given.PrincipalOrgID }),
          ...(given.FunctionUrlAuthType !== undefined && {
            functionUrlAuthType: given.FunctionUrlAuthType,
          }),
          ...(given.InvokedViaFunctionUrl !== undefined && {
            invokedViaFunctionUrl: given.InvokedViaFunctionUrl,
          }),
        });
        const { statements } = functions.get(arn);
        const added = statements.find(({ Sid }) => Sid === given.StatementId);
        return jsonReply(201, { Statement: JSON.stringify(added) });
      },
    },
    {
      method: "DELETE",
      path: "/2015-03-31/functions/{FunctionName}/policy/{StatementId}",
      answer(call, name, statementId) {
        const { arn, statements } = findFunction(options, call, "RemovePermission", name);
        if (!statements.some(({ Sid }) => Sid === statementId)) {
          throw notFound(`Statement ${statementId} is not found in resource policy.`);
        }
        functions.removePermission(arn, statementId);
        return { status: 204, headers: {}, body: "" };
      },
    },
  ];
}

function notFound(message: string): AwsError {
  return new AwsError("ResourceNotFoundException", message, { status: 404 });
}
