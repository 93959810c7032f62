import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { listenOnLoopback, messageLimits } from "../../pulumi/grpc/loopback.ts";
import { type ProviderServiceOptions, providerService } from "./providerService.ts";

export type ProviderServer = { readonly port: number; close(): void };

/** Serves a provider to Pulumi's engine, on a port of loopback. */
export async function serveProvider(options: ProviderServiceOptions): Promise<ProviderServer> {
  const server = new grpc.Server(messageLimits);
  server.addService(ResourceProviderService, providerService(options));
  return { port: await listenOnLoopback(server), close: () => server.forceShutdown() };
}
