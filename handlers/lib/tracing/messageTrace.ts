import { parseTraceparent, parseXrayHeader, type TraceContext } from "../../../aws/traceContext.ts";

/**
 * The trace that a message belongs to: that of its attribute `traceparent`, which SNS delivers like every message
 * attribute; otherwise that of X-Ray, which SNS passes from the publisher's request to SQS as the system attribute
 * `AWSTraceHeader`, with raw delivery or without.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/sns-active-tracing.html
 */
export function messageTrace(
  attributes: Readonly<Record<string, string>>,
  xrayHeader: string | undefined,
): { readonly trace?: TraceContext } {
  const trace = parseTraceparent(attributes.traceparent) ?? parseXrayHeader(xrayHeader);
  return trace === undefined ? {} : { trace };
}
