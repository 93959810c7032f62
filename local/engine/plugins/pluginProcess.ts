import { spawn } from "node:child_process";
import type { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import { encodeProperties } from "../../pulumi/values/wire.ts";
import type { PluginCommand } from "./findPlugin.ts";
import { called, connectProvider, type ProviderProcess } from "./providerClient.ts";

export type PluginOptions = {
  /** The program's folder: plugins resolve paths from it. */
  readonly directory: string;
  /** Where the engine listens: `127.0.0.1:40123`. */
  readonly engineAddress: string;
  /** The package's part of the stack's configuration, by name. */
  readonly config: Readonly<Record<string, string>>;
};

/** A plugin at work, which serves Pulumi's provider protocol. */
export class PluginProcess {
  readonly #child: ProviderProcess;
  readonly #client: Promise<ResourceProviderClient>;

  constructor({ program, parameters }: PluginCommand, options: PluginOptions) {
    this.#child = spawn(program, [...parameters, options.engineAddress], {
      cwd: options.directory,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#client = this.#connect(options);
    this.#client.catch(() => {}); // The first call reports it.
  }

  /** @throws Error with the plugin's own message */
  async construct(request: proto.ConstructRequest): Promise<proto.ConstructResponse> {
    const client = await this.#client;
    return called((done) => client.construct(request, done));
  }

  close(): void {
    this.#client.then(
      (client) => client.close(),
      () => {},
    );
    this.#child.kill("SIGKILL");
  }

  async #connect({ config }: PluginOptions): Promise<ResourceProviderClient> {
    const client = await connectProvider(this.#child, "the plugin");
    const request = new proto.ConfigureRequest();
    request.setAcceptsecrets(true).setAcceptresources(true).setArgs(encodeProperties(config));
    await called((done) => client.configure(request, done));
    return client;
  }
}
