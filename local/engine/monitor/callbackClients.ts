import * as grpc from "@grpc/grpc-js";
import { CallbacksClient } from "@pulumi/pulumi/proto/callback_grpc_pb.js";
import callbackPb, { type Callback } from "@pulumi/pulumi/proto/callback_pb.js";

/** Calls functions of the program, which it serves itself: transforms and hooks. */
export class CallbackClients {
  readonly #clients = new Map<string, CallbacksClient>();

  /** @returns what the function answered, serialized */
  invoke(callback: Callback, request: { serializeBinary(): Uint8Array }): Promise<Uint8Array> {
    const message = new callbackPb.CallbackInvokeRequest();
    message.setToken(callback.getToken());
    message.setRequest(request.serializeBinary());
    const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
    this.#client(callback.getTarget()).invoke(message, (error, response) => {
      if (error) reject(new Error(error.details));
      else resolve(response.getResponse_asU8());
    });
    return promise;
  }

  close(): void {
    for (const client of this.#clients.values()) client.close();
    this.#clients.clear();
  }

  #client(target: string): CallbacksClient {
    const known = this.#clients.get(target);
    if (known !== undefined) return known;
    const client = new CallbacksClient(target, grpc.credentials.createInsecure());
    this.#clients.set(target, client);
    return client;
  }
}
