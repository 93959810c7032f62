import type { InvocationHead } from "./frames.ts";

/**
 * The second argument of a handler.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
 */
export type Context = {
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  /** The function's memory in MB, as text. */
  readonly memoryLimitInMB: string;
  readonly awsRequestId: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  /** Up to Node.js 22: whether an answer by callback waits until nothing is left to do. */
  callbackWaitsForEmptyEventLoop: boolean;
  /** Milliseconds until the function's timeout. */
  getRemainingTimeInMillis(): number;
};

export function createContext(head: InvocationHead, environment: NodeJS.ProcessEnv): Context {
  return {
    functionName: environment.AWS_LAMBDA_FUNCTION_NAME ?? "",
    functionVersion: environment.AWS_LAMBDA_FUNCTION_VERSION ?? "",
    invokedFunctionArn: head.functionArn,
    memoryLimitInMB: environment.AWS_LAMBDA_FUNCTION_MEMORY_SIZE ?? "",
    awsRequestId: head.requestId,
    logGroupName: environment.AWS_LAMBDA_LOG_GROUP_NAME ?? "",
    logStreamName: environment.AWS_LAMBDA_LOG_STREAM_NAME ?? "",
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => head.deadline - Date.now(),
  };
}
