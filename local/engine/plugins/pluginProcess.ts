import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import { encodeProperties } from "../values/wire.ts";
import type { PluginCommand } from "./findPlugin.ts";

/** The engines' own limit: archives of texts travel in one message. */
const largestMessage = 400 * 1024 * 1024;

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
  readonly #child: ChildProcessByStdio<null, Readable, Readable>;
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
    const port = await this.#port();
    const client = new ResourceProviderClient(
      `127.0.0.1:${port}`,
      grpc.credentials.createInsecure(),
      {
        "grpc.max_receive_message_length": largestMessage,
        "grpc.max_send_message_length": largestMessage,
      },
    );
    const request = new proto.ConfigureRequest();
    request.setAcceptsecrets(true).setAcceptresources(true).setArgs(encodeProperties(config));
    await called((done) => client.configure(request, done));
    return client;
  }

  /** The first line that a plugin prints is its port. */
  #port(): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    let printed = "";
    let errors = "";
    this.#child.stderr.setEncoding("utf8").on("data", (text: string) => {
      errors += text;
    });
    this.#child.stdout.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
      const [, port] = /^(\d+)\r?\n/.exec(printed) ?? [];
      if (port !== undefined) resolve(Number(port));
    });
    this.#child.once("error", reject);
    // Not at "exit": what it has printed may come after that.
    this.#child.once("close", () =>
      reject(new Error(`the plugin ended before it served: ${errors || printed}`)),
    );
    return promise;
  }
}

function called<T>(
  call: (done: (error: grpc.ServiceError | null, response: T) => void) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    call((error, response) =>
      error === null ? resolve(response) : reject(new Error(error.details)),
    );
  });
}
