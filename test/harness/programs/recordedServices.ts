import type * as grpc from "@grpc/grpc-js";
import * as pulumi from "@pulumi/pulumi";
import type {
  ReadResourceRequest,
  RegisterResourceOutputsRequest,
  RegisterResourceRequest,
  RegisterResourceResponse,
} from "@pulumi/pulumi/proto/resource_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import type { Services } from "../../../local/engine/monitor/server.ts";
import type { StackName } from "../../../local/engine/state/stackOutputs.ts";
import { type Registration, registrationOf } from "./registration.ts";

/** What a program asked of the engine. */
export type Recorded = {
  /** In the order in which they were answered. */
  readonly registrations: Registration[];
  /** The types of existing resources that it read. */
  readonly reads: string[];
  /** By URN: what components and the stack said of themselves when they were complete. */
  readonly outputs: Map<string, Readonly<Record<string, unknown>>>;
};

/** The engine's services, with a record of what the program registers and is answered. */
export function recordedServices(
  { monitor, engine }: Services,
  target: StackName,
  { registrations, reads, outputs }: Recorded,
): Services {
  return {
    engine,
    monitor: {
      ...monitor,
      registerResource: noting<RegisterResourceRequest, RegisterResourceResponse>(
        monitor.registerResource,
        (request, response) => {
          const state = response.getObject()?.toJavaScript() ?? {};
          registrations.push(registrationOf(request, target, { id: response.getId(), state }));
        },
      ),
      readResource: noting<ReadResourceRequest, unknown>(monitor.readResource, (request) => {
        reads.push(request.getType());
      }),
      registerResourceOutputs: noting<RegisterResourceOutputsRequest, unknown>(
        monitor.registerResourceOutputs,
        (request) => {
          const given = request.getOutputs() ?? new struct.Struct();
          outputs.set(request.getUrn(), pulumi.runtime.deserializeProperties(given));
        },
      ),
    },
  };
}

function noting<Request, Response>(
  handler: grpc.UntypedHandleCall | undefined,
  note: (request: Request, response: Response) => void,
): grpc.handleUnaryCall<Request, Response> {
  if (handler === undefined) throw new Error("the engine does not serve the call to record");
  return (call, callback) => {
    const answer: grpc.sendUnaryData<Response> = (error, response, ...rest) => {
      if (error === null && response) note(call.request, response);
      callback(error, response, ...rest);
    };
    Reflect.apply(handler, undefined, [call, answer]);
  };
}
