import type { Authorize } from "../../../protocol/access.ts";
import { AwsError, notSupported } from "../../../protocol/awsError.ts";
import type { Call, Reply } from "../../../protocol/call.ts";
import { violation } from "../../../protocol/constraint.ts";
import type { Step } from "../../../trace/hop.ts";
import type { Trace } from "../../../trace/trace.ts";
import { qualifierOf } from "../functionArn.ts";
import type { Functions } from "../functions.ts";
import type { InvocationResult } from "../interface.ts";
import { findFunction } from "./findFunction.ts";
import { jsonReply, type Route } from "./route.ts";

type Options = {
  readonly functions: Functions;
  readonly authorize: Authorize;
  readonly trace: Trace;
};

/** How much of its log an invocation may answer with, in bytes. */
const logTail = 4096;

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export function invokeRoute(options: Options): Route {
  return {
    method: "POST",
    path: "/2015-03-31/functions/{FunctionName}/invocations",
    async answer(call, name) {
      const { arn } = findFunction(options, call, "InvokeFunction", name);
      if (call.headers["x-amz-client-context"]) throw notSupported("a client context for Invoke");
      const event = eventOf(call);
      const type = call.headers["x-amz-invocation-type"] ?? "RequestResponse";
      if (type === "DryRun") {
        return { status: 204, headers: versionHeader(qualifierOf(arn)), body: "" };
      }
      if (type === "Event") return invokeAsync(options, call, arn, event);
      if (type === "RequestResponse") return await invoke(options, call, arn, event);
      const rule = "satisfy enum value set: [Event, RequestResponse, DryRun]";
      throw violation("invocationType", type, rule);
    },
  };
}

function eventOf({ body }: Call): string {
  const text = body.length === 0 ? "{}" : body.toString("utf8");
  try {
    JSON.parse(text);
  } catch (error) {
    throw new AwsError(
      "InvalidRequestContentException",
      `Could not parse request body into json: ${error}`,
    );
  }
  return text;
}

function invokeAsync({ functions }: Options, call: Call, arn: string, event: string): Reply {
  const requestId = functions.invokeAsync(arn, event, { from: call.callerArn });
  return { status: 202, headers: { "x-amzn-requestid": requestId }, body: "" };
}

async function invoke(options: Options, call: Call, arn: string, event: string): Promise<Reply> {
  const { functions, trace } = options;
  const record = (requestId: string, step: Step) =>
    trace.record(requestId, call.callerArn, arn, step);
  // The function counts as work for itself, unless it waits for the clock.
  const goOn = call.waitForClock?.();
  const invoked = functions.invoke(arn, event, {
    onStart: (requestId) => record(requestId, { kind: "invoked", requestId, batchSize: 1 }),
  });
  const result = await invoked.finally(goOn);
  if (result.outcome === "throttled") return throttled(result.requestId);
  record(result.requestId, ending(result));
  return {
    status: 200,
    headers: { ...headersOf(result), ...(wantsLog(call) ? logHeader(result) : {}) },
    body: result.outcome === "failed" ? JSON.stringify(result.error) : result.payload,
  };
}

type Ended = Exclude<InvocationResult, { outcome: "throttled" }>;

function ending(result: Ended): Step {
  const { requestId } = result;
  return result.outcome === "succeeded"
    ? { kind: "handled", requestId, milliseconds: result.milliseconds }
    : { kind: "failed", requestId, reason: result.error.errorMessage };
}

function versionHeader(version: string): Record<string, string> {
  return { "x-amz-executed-version": version };
}

function headersOf({
  outcome,
  requestId,
  executedVersion = "$LATEST",
}: Ended): Record<string, string> {
  return {
    "content-type": "application/json",
    "x-amzn-requestid": requestId,
    ...versionHeader(executedVersion),
    ...(outcome === "failed" ? { "x-amz-function-error": "Unhandled" } : {}),
  };
}

function wantsLog({ headers }: Call): boolean {
  return headers["x-amz-log-type"] === "Tail";
}

function logHeader({ log }: Ended): Record<string, string> {
  return { "x-amz-log-result": Buffer.from(log).subarray(-logTail).toString("base64") };
}

function throttled(requestId: string): Reply {
  return jsonReply(
    429,
    {
      Reason: "ReservedFunctionConcurrentInvocationLimitExceeded",
      Type: "User",
      message: "Rate Exceeded.",
    },
    { "x-amzn-requestid": requestId, "x-amzn-errortype": "TooManyRequestsException" },
  );
}
