import { formatXrayHeader, parseTraceparent } from "../aws/traceContext.ts";

type Handler<Args, Result> = (args: Args) => Promise<Result>;

/**
 * A middleware of the SDK, for the step `build`, that sends the trace as X-Ray's header, which SNS passes on to queues
 * as `AWSTraceHeader`. In Lambda the SDK sends the function's own header, which X-Ray needs to link the two.
 */
export function xrayHeader(traceparent: string | undefined) {
  const trace = process.env._X_AMZN_TRACE_ID === undefined && parseTraceparent(traceparent);
  return <Args extends { readonly request: unknown }, Result>(next: Handler<Args, Result>) =>
    (args: Args): Promise<Result> => {
      const { headers }: { readonly headers?: Record<string, string> } = Object(args.request);
      if (trace && headers !== undefined) headers["x-amzn-trace-id"] = formatXrayHeader(trace);
      return next(args);
    };
}
