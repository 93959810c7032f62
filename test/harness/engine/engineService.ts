import type * as grpc from "@grpc/grpc-js";
import type { LogRequest, SetRootResourceRequest } from "@pulumi/pulumi/proto/engine_pb.js";
import engine from "@pulumi/pulumi/proto/engine_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import type { Deployment, LogLine } from "./deployment.ts";
import { unary } from "./unary.ts";

/** The service that takes the program's log. */
export function engineService(deployment: Deployment): grpc.UntypedServiceImplementation {
  let root = "";
  return {
    log: unary((request: LogRequest) => {
      const severity = severities[request.getSeverity()];
      if (severity !== undefined) deployment.log.push({ severity, message: request.getMessage() });
      return new empty.Empty();
    }),
    setRootResource: unary((request: SetRootResourceRequest) => {
      root = request.getUrn();
      return new engine.SetRootResourceResponse();
    }),
    getRootResource: unary(() => new engine.GetRootResourceResponse().setUrn(root)),
  };
}

/** What is for debugging has no name here. */
const severities: Readonly<Record<number, LogLine["severity"]>> = {
  [engine.LogSeverity.INFO]: "info",
  [engine.LogSeverity.WARNING]: "warning",
  [engine.LogSeverity.ERROR]: "error",
};
