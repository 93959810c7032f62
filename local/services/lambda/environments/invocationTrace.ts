import { randomBytes } from "node:crypto";
import { formatXrayHeader } from "../../../../aws/traceContext.ts";

/**
 * The X-Ray header of an invocation. The SDK sends it with each call of a handler, so that what the handler publishes
 * is found to be caused by the invocation. Nothing is sampled: there is no X-Ray here to send segments to.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 *
 * @param requestId a UUID
 */
export function invocationTrace(requestId: string): string {
  return formatXrayHeader({
    traceId: requestId.replaceAll("-", ""),
    parentId: randomBytes(8).toString("hex"),
    sampled: false,
  });
}
