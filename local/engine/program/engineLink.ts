import { serveMonitor } from "../monitor/server.ts";
import { DirectCalls } from "./directClient.ts";
import type { Connection } from "./runProgram.ts";
import type { Sdk } from "./sdk.ts";

/** How the SDK of an inline program reaches the engine. */
export type EngineLink = {
  /** To be called within the SDK's state of the run. */
  readonly connect: () => Promise<void>;
  /** Ends the link. Nothing of a program that has failed comes later. */
  readonly stop: () => Promise<void>;
};

/**
 * Without a connection where the program uses this package's copy of the SDK; by gRPC where it uses another
 * one, whose messages are of other classes.
 */
export function engineLink(sdk: Sdk, connection: Connection): EngineLink {
  return sdk.isOwn ? directLink(sdk, connection) : serverLink(sdk, connection);
}

/** In place of an address, which is not connected to. */
const inProcess = "in-process";

function directLink(sdk: Sdk, connection: Connection): EngineLink {
  const calls = new DirectCalls();
  return {
    connect: async () => {
      const { services } = connection;
      setOptions(sdk, connection, inProcess);
      const { settings: clients } = sdk.state.getStore();
      clients.monitor = calls.client(services.monitor, "wait");
      clients.engine = calls.client(services.engine, "succeed");
    },
    stop: () => calls.stop(),
  };
}

function serverLink(sdk: Sdk, connection: Connection): EngineLink {
  const serving = Promise.withResolvers<() => void>();
  return {
    connect: async () => {
      const server = await serveMonitor(connection.services);
      serving.resolve(server.close);
      setOptions(sdk, connection, server.address);
    },
    stop: async () => (await serving.promise)(),
  };
}

function setOptions(
  { settings }: Sdk,
  { target: { project, stack, organization }, preview }: Connection,
  address: string,
): void {
  settings.resetOptions(project, stack, 16, address, address, preview, organization);
}
