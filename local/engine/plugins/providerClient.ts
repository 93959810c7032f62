import type { ChildProcessByStdio } from "node:child_process";
import type { Readable } from "node:stream";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { messageLimits } from "../../pulumi/grpc/loopback.ts";
import { ProviderError } from "../../pulumi/provider.ts";

/** A process that serves Pulumi's provider protocol. */
export type ProviderProcess = ChildProcessByStdio<null, Readable, Readable | null>;

/**
 * Connects to a provider's process, which prints its port when it serves. What it writes to an error stream of
 * its own is part of the error until then, and printed later.
 *
 * @param name what errors call it
 * @throws ProviderError if it ends before it serves, or cannot be started
 */
export async function connectProvider(
  child: ProviderProcess,
  name: string,
): Promise<ResourceProviderClient> {
  const port = await portOf(child, name);
  child.stderr?.on("data", (text: string) => process.stderr.write(text));
  const credentials = grpc.credentials.createInsecure();
  return new ResourceProviderClient(`127.0.0.1:${port}`, credentials, messageLimits);
}

/** The answer to one call. @throws ProviderError with the provider's own message */
export function called<T>(
  call: (done: (error: grpc.ServiceError | null, response: T) => void) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    call((error, response) =>
      error === null ? resolve(response) : reject(new ProviderError(error.details)),
    );
  });
}

/** The first line that the process prints. */
function portOf(child: ProviderProcess, name: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  let printed = "";
  let errors = "";
  const collect = (text: string) => {
    errors += text;
  };
  child.stderr?.setEncoding("utf8").on("data", collect);
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
    const [, port] = /^(\d+)\r?\n/.exec(printed) ?? [];
    if (port !== undefined) resolve(Number(port));
  });
  child.once("error", (error) => reject(new ProviderError(error.message)));
  // Not at "exit": what it has printed may come after that.
  child.once("close", () =>
    reject(new ProviderError(`${name} ended before it served: ${errors || printed}`)),
  );
  return promise.finally(() => child.stderr?.off("data", collect));
}
