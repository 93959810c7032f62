import type { Authorize } from "../../../protocol/access.ts";
import type { Call } from "../../../protocol/call.ts";
import type { Functions } from "../functions.ts";
import type { LambdaFunction } from "../lambdaFunction.ts";
import { functionConfiguration } from "./functionConfiguration.ts";
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
        return jsonReply(200, { Functions: items.map(functionConfiguration), ...next });
      },
    },
    {
      method: "GET",
      path: "/2015-03-31/functions/{FunctionName}",
      answer(call, name) {
        const found = find(call, "GetFunction", name);
        const { reservedConcurrency } = found;
        return jsonReply(200, {
          Configuration: functionConfiguration(found),
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
        jsonReply(200, functionConfiguration(find(call, "GetFunctionConfiguration", name))),
    },
  ];
}
