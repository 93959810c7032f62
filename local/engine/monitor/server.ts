import * as grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import { listenOnLoopback, messageLimits } from "../../pulumi/grpc/loopback.ts";

/** What the engine answers a program with. */
export type Services = {
  /** Pulumi's ResourceMonitor. */
  readonly monitor: grpc.UntypedServiceImplementation;
  /** Pulumi's Engine. */
  readonly engine: grpc.UntypedServiceImplementation;
};

export type MonitorServer = {
  /** Of both services: `127.0.0.1:40123`. */
  readonly address: string;
  close(): void;
};

/** Serves the resource monitor and the engine to one program, on a free port of loopback. */
export async function serveMonitor(services: Services): Promise<MonitorServer> {
  const server = new grpc.Server(messageLimits);
  server.addService(ResourceMonitorService, services.monitor);
  server.addService(EngineService, services.engine);
  const port = await listenOnLoopback(server);
  return { address: `127.0.0.1:${port}`, close: () => server.forceShutdown() };
}

/** A service whose calls wait until what answers them is there. */
export function whenReady(
  definition: grpc.ServiceDefinition,
  service: Promise<grpc.UntypedServiceImplementation>,
): grpc.UntypedServiceImplementation {
  service.catch(() => {}); // Each call hears of it.
  const waiting = (method: string): grpc.handleUnaryCall<unknown, unknown> => {
    return (call, callback) => {
      service.then(
        (ready) => {
          const handler = ready[method];
          if (handler === undefined) callback(notImplemented(method));
          else Reflect.apply(handler, ready, [call, callback]);
        },
        () => callback({ code: grpc.status.UNAVAILABLE, details: "the local run has not started" }),
      );
    };
  };
  return Object.fromEntries(Object.keys(definition).map((method) => [method, waiting(method)]));
}

function notImplemented(method: string): grpc.ServerErrorResponse | Partial<grpc.StatusObject> {
  return {
    code: grpc.status.UNIMPLEMENTED,
    details: `the local run does not implement ${method}`,
  };
}
