import { randomUUID } from "node:crypto";
import { AwsError } from "../../../protocol/awsError.ts";
import type { Call, Reply } from "../../../protocol/call.ts";
import type { Trace } from "../../../trace/trace.ts";
import type { Mappings } from "../eventSourceMappings/mappings.ts";
import type { StreamMappings } from "../streamMappings/streamMappings.ts";
import { eventInvokeRoutes } from "./eventInvokeRoutes.ts";
import { type FunctionChangesOptions, functionChanges } from "./functionChanges.ts";
import { functionRoutes } from "./functionRoutes.ts";
import { invokeRoute } from "./invoke.ts";
import { mappingRoutes } from "./mappingRoutes.ts";
import { permissionRoutes } from "./permissionRoutes.ts";
import { dispatch, jsonReply } from "./route.ts";

export type LambdaOptions = FunctionChangesOptions & {
  readonly mappings: Mappings;
  readonly streamMappings: StreamMappings;
  readonly openStreams: () => Promise<void>;
  readonly trace: Trace;
};

/**
 * Lambda over HTTP: functions, their policies and their event source mappings. Versions, aliases, layers and
 * function URLs are the program's part, and answered as not supported.
 *
 * https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html
 */
export function lambda(options: LambdaOptions): (call: Call) => Promise<Reply> {
  const routes = [
    invokeRoute(options),
    ...functionRoutes(options),
    ...functionChanges(options),
    ...permissionRoutes(options),
    ...eventInvokeRoutes(options),
    ...mappingRoutes(options),
  ];
  return async (call) => {
    try {
      const reply = await dispatch(routes, call);
      if (call.method !== "GET" && !isInvocation(call)) options.clients?.follow();
      return reply;
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return errorReply(error);
    }
  };
}

function isInvocation({ path }: Call): boolean {
  return path.endsWith("/invocations") || path.endsWith("/invoke-async");
}

function errorReply(error: AwsError): Reply {
  const Type = error.status < 500 ? "User" : "Service";
  const headers = { "x-amzn-requestid": randomUUID(), "x-amzn-errortype": error.code };
  return jsonReply(error.status, { Type, message: error.message }, headers);
}
