import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { type ProviderServiceOptions, providerService } from "./providerService.ts";

/** The engines' own limit: archives of texts travel in one message. */
const largestMessage = 400 * 1024 * 1024;

/** Serves a provider to Pulumi's engine, on a port of loopback. */
export type ProviderServer = { readonly port: number; close(): void };

export async function serveProvider(options: ProviderServiceOptions): Promise<ProviderServer> {
  const server = new grpc.Server({
    "grpc.max_receive_message_length": largestMessage,
    "grpc.max_send_message_length": largestMessage,
  });
  server.addService(ResourceProviderService, providerService(options));
  return { port: await listen(server), close: () => server.forceShutdown() };
}

function listen(server: grpc.Server): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) =>
    error === null ? resolve(port) : reject(error),
  );
  return promise;
}
