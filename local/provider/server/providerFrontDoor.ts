import type { Cloud } from "../../cloud.ts";
import { AwsProvider, type AwsProviderOptions } from "../awsProvider.ts";
import { packageSchema } from "./packageSchema.ts";
import { type ProviderServer, serveProvider } from "./providerServer.ts";

/**
 * Serves a cloud's AWS provider to engines in other processes: a server for each directory of a program,
 * because the files that a program names are relative to its own.
 */
export class ProviderFrontDoor {
  readonly #cloud: Cloud;
  readonly #options: Omit<AwsProviderOptions, "directory">;
  readonly #servers = new Map<string, Promise<ProviderServer>>();

  constructor(cloud: Cloud, options: Omit<AwsProviderOptions, "directory"> = {}) {
    this.#cloud = cloud;
    this.#options = options;
  }

  /**
   * @param directory what the program's paths start from
   * @returns the port of loopback where Pulumi's engine finds the provider
   */
  async port(directory: string): Promise<number> {
    const known = this.#servers.get(directory);
    const server = known ?? serveProvider(this.#serviceFor(directory));
    this.#servers.set(directory, server);
    return (await server).port;
  }

  async close(): Promise<void> {
    for (const server of await Promise.all(this.#servers.values())) server.close();
    this.#servers.clear();
  }

  #serviceFor(directory: string) {
    return {
      provider: new AwsProvider(this.#cloud, { ...this.#options, directory }),
      schema: packageSchema,
    };
  }
}
