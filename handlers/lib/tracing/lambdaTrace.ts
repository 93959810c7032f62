import { parseXrayHeader, type TraceContext } from "../../../aws/traceContext.ts";

/**
 * The trace of the invocation, where X-Ray traces the function and samples this invocation.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html
 */
export function lambdaTrace(): TraceContext | undefined {
  const trace = parseXrayHeader(process.env._X_AMZN_TRACE_ID);
  return trace?.sampled ? trace : undefined;
}
