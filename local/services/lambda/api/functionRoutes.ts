import { type FindOptions, findFunction } from "./findFunction.ts";
import { functionConfiguration } from "./functionConfiguration.ts";
import { jsonReply, page, type Route, refuseUnlessAllowed } from "./route.ts";

/** The operations that show functions. */
export function functionRoutes(options: FindOptions): Route[] {
  const { functions, authorize } = options;
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
        const found = findFunction(options, call, "GetFunction", name);
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
        jsonReply(
          200,
          functionConfiguration(findFunction(options, call, "GetFunctionConfiguration", name)),
        ),
    },
  ];
}
