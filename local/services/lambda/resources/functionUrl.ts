import type { Cloud } from "../../../cloud.ts";
import { oneOf, onlyLocally } from "../../../provider/declaration/checks.ts";
import {
  flag,
  list,
  number,
  object,
  region,
  required,
  requiredReplaces,
  text,
  type Values,
} from "../../../provider/declaration/field.ts";
import { resourceType } from "../../../provider/declaration/resourceType.ts";
import { freeId, hostLabel } from "../../../provider/freeId.ts";

const inputs = {
  authorizationType: text({ ...required, check: oneOf("AWS_IAM", "NONE") }),
  cors: object({
    allowCredentials: flag(),
    allowHeaders: list(text()),
    allowMethods: list(text()),
    allowOrigins: list(text()),
    exposeHeaders: list(text()),
    maxAge: number(),
  }),
  functionName: text(requiredReplaces),
  invokeMode: text({ default: "BUFFERED", check: onlyLocally("BUFFERED") }),
  qualifier: text({ replaces: true, check: onlyLocally("$LATEST") }),
  region,
};

export const functionUrl = resourceType({
  type: "aws:lambda/functionUrl:FunctionUrl",
  inputs,
  computed: ["functionArn", "functionUrl", "urlId"],
  deleteBeforeReplace: true,
  transient: true,
  create: (cloud, given, making) => {
    const { functionUrls } = cloud.web;
    const id = making.id(() => freeId(hostLabel(making.name), (each) => functionUrls.has(each)));
    open(cloud, id, given);
    return id;
  },
  update: open,
  delete: ({ web: { functionUrls } }, id) => functionUrls.delete(id),
  outputs: ({ web: { functionUrls } }, id) => ({
    functionArn: functionUrls.find(id)?.functionArn ?? "",
    functionUrl: `https://${functionUrls.domainName(id)}/`,
    urlId: id,
  }),
});

function open({ web, functions }: Cloud, id: string, given: Values<typeof inputs>): void {
  const { arn: functionArn } = functions.get(given.functionName);
  const authorization = given.authorizationType === "NONE" ? "NONE" : "AWS_IAM";
  if (authorization === "NONE") permitEveryone(functions, functionArn);
  web.functionUrls.set({ id, functionArn, authorization, cors: given.cors });
}

/** As AWS's provider does: statements that stay when the URL is deleted. */
function permitEveryone(functions: Cloud["functions"], functionArn: string): void {
  const statements = [
    {
      statementId: "FunctionURLAllowPublicAccess",
      action: "lambda:InvokeFunctionUrl",
      functionUrlAuthType: "NONE",
    },
    {
      statementId: "FunctionURLAllowInvokeAction",
      action: "lambda:InvokeFunction",
      invokedViaFunctionUrl: true,
    },
  ];
  for (const statement of statements) {
    functions.removePermission(functionArn, statement.statementId);
    functions.addPermission(functionArn, { ...statement, principal: "*" });
  }
}
