import type { Authorize } from "../../../protocol/access.ts";
import { AwsError } from "../../../protocol/awsError.ts";
import type { Call } from "../../../protocol/call.ts";
import { logGroupName } from "../environments/variables.ts";
import type { Functions } from "../functions.ts";
import { type LambdaFunction, qualifiedArn } from "../lambdaFunction.ts";
import { jsonReply, page, type Route, refuseUnlessAllowed } from "./route.ts";

type Options = { readonly functions: Functions; readonly authorize: Authorize };

/** The operations that show functions. */
export function functionRoutes({ functions, authorize }: Options): Route[] {
  const find = (call: Call, action: string, name: string): LambdaFunction => {
    const qualifier = call.query.get("Qualifier");
    const found = functions.get(qualifier === null ? name : `${name}:${qualifier}`);
    refuseUnlessAllowed(authorize, call, `lambda:${action}`, found.arn);
    return found;
  };
  return [
    {
      method: "GET",
      path: "/2015-03-31/functions",
      answer(call) {
        refuseUnlessAllowed(authorize, call, "lambda:ListFunctions", "*");
        const { items, ...next } = page(call, functions.list(), 50);
        return jsonReply(200, { Functions: items.map(configuration), ...next });
      },
    },
    {
      method: "GET",
      path: "/2015-03-31/functions/{FunctionName}",
      answer(call, name) {
        const found = find(call, "GetFunction", name);
        const { reservedConcurrency } = found;
        return jsonReply(200, {
          Configuration: configuration(found),
          Code: { RepositoryType: "S3" },
          ...(reservedConcurrency === undefined
            ? {}
            : { Concurrency: { ReservedConcurrentExecutions: reservedConcurrency } }),
        });
      },
    },
    {
      method: "GET",
      path: "/2015-03-31/functions/{FunctionName}/configuration",
      answer: (call, name) =>
        jsonReply(200, configuration(find(call, "GetFunctionConfiguration", name))),
    },
    {
      method: "GET",
      path: "/2015-03-31/functions/{FunctionName}/policy",
      answer(call, name) {
        const { arn } = find(call, "GetPolicy", name);
        const Policy = functions.policy(arn);
        if (Policy !== undefined) return jsonReply(200, { Policy });
        const message = "The resource you requested does not exist.";
        throw new AwsError("ResourceNotFoundException", message, { status: 404 });
      },
    },
  ];
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html */
function configuration({ name, arn, version, code, ...rest }: LambdaFunction): object {
  const { deadLetterTargetArn, layers } = rest;
  return {
    FunctionName: name,
    FunctionArn: arn,
    Runtime: version.runtime,
    Role: version.roleArn,
    Handler: version.handler,
    CodeSize: code.size,
    Description: "",
    Timeout: version.timeoutSeconds,
    MemorySize: version.memoryMb,
    LastModified: new Date(rest.lastModified).toISOString().replace("Z", "+0000"),
    CodeSha256: code.sha256,
    Version: qualifiedArn(version.functionArn).qualifier ?? "$LATEST",
    ...(deadLetterTargetArn ? { DeadLetterConfig: { TargetArn: deadLetterTargetArn } } : {}),
    ...(layers.length > 0 ? { Layers: layers.map((Arn) => ({ Arn })) } : {}),
    Environment: { Variables: version.environment },
    State: "Active",
    LastUpdateStatus: "Successful",
    PackageType: "Zip",
    LoggingConfig: { LogFormat: "Text", LogGroup: logGroupName(name) },
  };
}
