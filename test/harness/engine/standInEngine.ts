import * as grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import type { Deployment } from "./deployment.ts";
import { engineService } from "./engineService.ts";
import { resourceMonitor } from "./resourceMonitor.ts";

/** As `pulumi up` does, the deployment's archives of code travel in one message. */
const largestMessage = 400 * 1024 * 1024;

export type StandInEngine = {
  /** Of both services: `127.0.0.1:40123`. */
  readonly address: string;
  readonly close: () => void;
};

/** Starts what a program takes for Pulumi's engine, on a port of loopback. */
export async function startEngine(
  deployment: Deployment,
  preview: boolean,
): Promise<StandInEngine> {
  const server = new grpc.Server({ "grpc.max_receive_message_length": largestMessage });
  server.addService(ResourceMonitorService, resourceMonitor(deployment, preview));
  server.addService(EngineService, engineService(deployment));
  const port = await listen(server);
  return { address: `127.0.0.1:${port}`, close: () => server.forceShutdown() };
}

function listen(server: grpc.Server): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) =>
    error === null ? resolve(port) : reject(error),
  );
  return promise;
}
