import type * as grpc from "@grpc/grpc-js";
import * as pulumi from "@pulumi/pulumi";
import type {
  RegisterResourceOutputsRequest,
  RegisterResourceRequest,
  RegisterResourceResponse,
  ResourceInvokeRequest,
} from "@pulumi/pulumi/proto/resource_pb.js";
import resource from "@pulumi/pulumi/proto/resource_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { mockedResource } from "../programs/mockedResource.ts";
import { registrationOf } from "../programs/registration.ts";
import type { Deployment } from "./deployment.ts";
import { unary } from "./unary.ts";

/**
 * The service through which a program registers its resources. What is not here is answered
 * "unimplemented": lookups, reads and transforms, none of which the program needs.
 */
export function resourceMonitor(
  deployment: Deployment,
  preview: boolean,
): grpc.UntypedServiceImplementation {
  return {
    getDeploymentInfo: unary(() =>
      new resource.DeploymentInfo().setSupportedfeaturesList(
        Object.values(resource.ResourceMonitorFeature).filter((each) => typeof each === "number"),
      ),
    ),
    registerResource: unary((request: RegisterResourceRequest) =>
      register(deployment, request, preview),
    ),
    registerResourceOutputs: unary((request: RegisterResourceOutputsRequest) => {
      deployment.complete(
        request.getUrn(),
        pulumi.runtime.deserializeProperties(request.getOutputs() ?? new struct.Struct()),
      );
      return new empty.Empty();
    }),
    invoke: unary((request: ResourceInvokeRequest) => {
      throw deployment.refuse(`the program calls ${request.getTok()}; it is to need no lookups`);
    }),
    signalAndWaitForShutdown: unary(() => new empty.Empty()),
  };
}

/** Answers as the engine would after creating the resource, or in a preview before it. */
function register(
  deployment: Deployment,
  request: RegisterResourceRequest,
  preview: boolean,
): RegisterResourceResponse {
  const { id, state } = request.getCustom()
    ? mockedResource(
        request.getType(),
        request.getName(),
        request.getObject()?.toJavaScript() ?? {},
        preview,
      )
    : { id: "", state: {} };
  const registration = registrationOf(request, deployment, { id, state });
  deployment.register(registration);
  return new resource.RegisterResourceResponse()
    .setUrn(registration.urn)
    .setId(id)
    .setObject(struct.Struct.fromJavaScript(state));
}
