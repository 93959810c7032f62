import { AwsError } from "../../protocol/awsError.ts";
import type { Trace } from "../../trace/trace.ts";
import type { InvocationResult, Invoker } from "../lambda/interface.ts";

type Services = { readonly functions: Invoker; readonly trace: Trace };

/** An API's request to a function. */
export type FunctionCall = {
  readonly functionArn: string;
  /** JSON text. */
  readonly event: string;
  /** ARN of the API's method or route, and the id of its request. */
  readonly source: string;
  readonly requestId: string;
  /** The message of an error by which the function says no, and does not fail. @default every error is a failure */
  readonly refusal?: string;
};

/** Lambda has not taken the request: it is too large, or the function is gone. */
export type RefusedCall = { readonly outcome: "refused"; readonly isTooLarge: boolean };

/** Invokes a function for an API; what goes wrong is in the trace. */
export async function callFunction(
  { functions, trace }: Services,
  { functionArn, event, source, requestId, refusal }: FunctionCall,
): Promise<InvocationResult | RefusedCall> {
  const failed = (id: string, reason: string) =>
    trace.record(id, source, functionArn, { kind: "failed", requestId: id, reason });
  try {
    const result = await functions.invoke(functionArn, event);
    if (result.outcome === "throttled") failed(result.requestId, "throttled");
    if (result.outcome === "failed" && result.error.errorMessage !== refusal) {
      failed(result.requestId, result.error.errorMessage);
    }
    return result;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    failed(requestId, error.message);
    return { outcome: "refused", isTooLarge: error.code === "RequestTooLargeException" };
  }
}
