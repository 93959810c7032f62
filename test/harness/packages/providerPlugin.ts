import { spawn } from "node:child_process";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import provider from "@pulumi/pulumi/proto/provider_pb.js";
import { follow } from "../processes/fanoutCommand.ts";

/** An address that no engine answers at. */
const engine = "127.0.0.1:1";

/**
 * Starts a provider in a folder as Pulumi's engine does, asks it for its schema, and ends it.
 *
 * @param command and its arguments, to which the engine's address is added
 * @throws Error with what the provider prints, if it ends without serving
 */
export async function schemaOf(folder: string, ...command: readonly string[]): Promise<Schema> {
  const [executable = "", ...args] = command;
  const child = follow(
    spawn(executable, [...args, engine], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] }),
  );
  const port = await child.line(/^\d+$/);
  const client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  try {
    const schema = await new Promise<string>((resolve, reject) => {
      client.getSchema(new provider.GetSchemaRequest(), (error, answer) =>
        error === null ? resolve(answer.getSchema()) : reject(error),
      );
    });
    return JSON.parse(schema);
  } finally {
    client.close();
    await child.end();
  }
}

type Schema = {
  readonly name: string;
  readonly version: string;
  readonly resources: Readonly<Record<string, object>>;
};
