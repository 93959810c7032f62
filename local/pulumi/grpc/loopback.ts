import * as grpc from "@grpc/grpc-js";

/** Pulumi's own: archives of texts travel in one message. */
const largestMessage = 400 * 1024 * 1024;

/** Of every server and client that speaks Pulumi's protocols. */
export const messageLimits = {
  "grpc.max_receive_message_length": largestMessage,
  "grpc.max_send_message_length": largestMessage,
} as const;

/** Has a server listen on a free port of loopback. @returns the port */
export function listenOnLoopback(server: grpc.Server): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) =>
    error === null ? resolve(port) : reject(error),
  );
  return promise;
}
