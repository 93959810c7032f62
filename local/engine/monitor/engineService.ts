import type * as grpc from "@grpc/grpc-js";
import enginePb, {
  type LogRequest,
  type RequirePulumiVersionRequest,
  type SetRootResourceRequest,
} from "@pulumi/pulumi/proto/engine_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { unary } from "../../pulumi/grpc/unary.ts";
import type { Deployment } from "../deployment/deployment.ts";
import type { Severity } from "../deployment/diagnostics.ts";

/** Pulumi's Engine: it takes the program's log. Lines for debugging are dropped. */
export function engineService(deployment: Deployment): grpc.UntypedServiceImplementation {
  let root = "";
  return {
    log: unary((request: LogRequest) => {
      const severity = severities[request.getSeverity()];
      if (severity !== undefined) {
        deployment.report({ severity, urn: request.getUrn(), message: request.getMessage() });
      }
      return new empty.Empty();
    }),
    setRootResource: unary((request: SetRootResourceRequest) => {
      root = request.getUrn();
      return new enginePb.SetRootResourceResponse();
    }),
    getRootResource: unary(() => new enginePb.GetRootResourceResponse().setUrn(root)),
    requirePulumiVersion: unary((request: RequirePulumiVersionRequest) => {
      const range = request.getPulumiVersionRange();
      const message = `the program requires Pulumi ${range}, which has no effect: the local run is not a version of the Pulumi CLI`;
      deployment.report({ severity: "warning", urn: root, message });
      return new enginePb.RequirePulumiVersionResponse();
    }),
  };
}

const severities: Readonly<Record<number, Severity>> = {
  [enginePb.LogSeverity.INFO]: "info",
  [enginePb.LogSeverity.WARNING]: "warning",
  [enginePb.LogSeverity.ERROR]: "error",
};
