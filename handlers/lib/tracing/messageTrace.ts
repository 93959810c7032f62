import { parseTraceparent, parseXrayHeader, type TraceContext } from "../../../aws/traceContext.ts";

/**
 * The trace of a message in a queue: that of its attribute `traceparent`, which SNS delivers like every message
 * attribute; otherwise that of X-Ray, which SNS passes from the publisher's request to SQS as the system attribute
 * `AWSTraceHeader`, with raw delivery or without.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/sns-active-tracing.html
 */
export function queueMessageTrace(
  attributes: Readonly<Record<string, string>>,
  xrayHeader: string | undefined,
): TraceContext | undefined {
  return parseTraceparent(attributes.traceparent) ?? parseXrayHeader(xrayHeader);
}
