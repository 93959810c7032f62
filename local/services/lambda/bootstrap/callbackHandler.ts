import type { Context } from "./context.ts";
import { RuntimeError } from "./errors.ts";
import type { Handler } from "./handlerModule.ts";

type AsyncHandler = (event: unknown, context: Context) => unknown;

/**
 * Makes a handler of any style that its runtime allows one that returns or promises its result.
 * From Node.js 24 a handler with a third parameter is refused. Before, it may answer by callback;
 * whatever it does, it answers `null` once nothing is left to do.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html#nodejs-handler-callback
 *
 * @param runtime the value of AWS_EXECUTION_ENV, for example `AWS_Lambda_nodejs24.x`
 */
export function withoutCallback(handler: Handler, runtime: string): AsyncHandler {
  const version = Number(/nodejs(\d+)/.exec(runtime)?.[1]);
  if (version <= 22) return (event, context) => answer(handler, event, context);
  if (handler.length < 3) return handler;
  throw new RuntimeError(
    "CallbackHandlerDeprecated",
    "ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.",
  );
}

async function answer(handler: Handler, event: unknown, context: Context): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  let result: unknown = null;
  const finish = () => resolve(result);
  const callback = (error: unknown, value: unknown) => {
    result = value;
    if (error) reject(error);
    else if (!context.callbackWaitsForEmptyEventLoop) finish();
  };
  process.once("beforeExit", finish);
  try {
    const returned = handler(event, context, callback);
    return await (isThenable(returned) ? Promise.race([returned, promise]) : promise);
  } finally {
    process.off("beforeExit", finish);
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value;
}
