import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import type * as grpc from "@grpc/grpc-js";
import type { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import providerPb, {
  type CheckResponse,
  type CreateResponse,
  type DiffResponse,
  type ReadResponse,
  type UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb.js";
import type { Empty } from "google-protobuf/google/protobuf/empty_pb.js";
import { updateOfConfiguration } from "../../pulumi/configurationDiff.ts";
import {
  type Checked,
  type CheckRequest,
  type Created,
  type CreateRequest,
  type Diff,
  type DiffRequest,
  type Invoked,
  type Provider,
  ProviderError,
  type ReadRequest,
  type ReadResource,
  type ResourceState,
  type UpdateRequest,
} from "../../pulumi/provider.ts";
import { sameValues } from "../../pulumi/values/json.ts";
import type { PropertyMap } from "../../pulumi/values/propertyValue.ts";
import { toProvider } from "../../pulumi/values/secrets.ts";
import { decodeProperties, encodeProperties } from "../../pulumi/values/wire.ts";
import { called, connectProvider } from "../plugins/providerClient.ts";
import { splitArguments } from "../project/arguments.ts";
import type { Project } from "../project/project.ts";

export type DynamicProviderOptions = {
  /** Whose SDK runs the providers, in its folder. */
  readonly project: Project;
  /** Asked when the process is started. @default that of this process */
  readonly environment?: (() => NodeJS.ProcessEnv) | undefined;
  /** @default that of this process */
  readonly node?: string | undefined;
};

/** An answer of the provider's process, by its own callback. */
type Call<Response> = (
  client: ResourceProviderClient,
  callback: (error: grpc.ServiceError | null, response: Response) => void,
) => void;

/**
 * Dynamic providers (`pulumi.dynamic.Resource`): a program serializes them into its resources, and the
 * SDK's own process runs them. It is started with the first such resource.
 *
 * https://www.pulumi.com/docs/iac/concepts/resources/dynamic-providers/
 */
export class DynamicProvider implements Provider {
  readonly #options: DynamicProviderOptions;
  #process:
    | { readonly child: ChildProcess; readonly client: Promise<ResourceProviderClient> }
    | undefined;

  constructor(options: DynamicProviderOptions) {
    this.#options = options;
  }

  configure(): Provider {
    return this;
  }

  diffConfiguration(before: PropertyMap, after: PropertyMap): Diff {
    return updateOfConfiguration(before, after);
  }

  async check({ urn, inputs, oldInputs = {} }: CheckRequest): Promise<Checked> {
    const request = new providerPb.CheckRequest().setUrn(urn);
    request.setOlds(encodeProperties(oldInputs)).setNews(encodeProperties(inputs));
    const response = await this.#call<CheckResponse>((client, done) => client.check(request, done));
    return {
      inputs: toProvider(decodeProperties(response.getInputs()).values),
      failures: response
        .getFailuresList()
        .map((each) => ({ property: each.getProperty(), reason: each.getReason() })),
    };
  }

  async diff({ urn, id, inputs, outputs, newInputs }: DiffRequest): Promise<Diff> {
    const request = new providerPb.DiffRequest().setUrn(urn).setId(id);
    request.setOlds(encodeProperties(outputs)).setNews(encodeProperties(newInputs));
    const response = await this.#call<DiffResponse>((client, done) => client.diff(request, done));
    const replaces = response.getReplacesList();
    const changes = response.getChanges();
    const { DIFF_UNKNOWN, DIFF_SOME } = providerPb.DiffResponse.DiffChanges;
    return {
      changes:
        changes === DIFF_UNKNOWN
          ? replaces.length > 0 || !sameValues(inputs, newInputs)
          : changes === DIFF_SOME,
      replaces,
      deleteBeforeReplace: response.getDeletebeforereplace(),
      stables: [],
      detailed: {},
    };
  }

  async create({ urn, inputs, preview }: CreateRequest): Promise<Created> {
    if (preview) return { id: "", outputs: {} };
    const request = new providerPb.CreateRequest().setUrn(urn);
    request.setProperties(encodeProperties(inputs));
    const response = await this.#call<CreateResponse>((client, done) =>
      client.create(request, done),
    );
    return { id: response.getId(), outputs: outputsOf(response) };
  }

  async read({ urn, id, inputs = {}, outputs }: ReadRequest): Promise<ReadResource | undefined> {
    const request = new providerPb.ReadRequest().setUrn(urn).setId(id);
    request.setInputs(encodeProperties(inputs)).setProperties(encodeProperties(outputs ?? inputs));
    const response = await this.#call<ReadResponse>((client, done) => client.read(request, done));
    if (response.getId() === "") return undefined;
    return { id: response.getId(), inputs, outputs: outputsOf(response) };
  }

  async update(request: UpdateRequest): Promise<PropertyMap> {
    if (request.preview) return {};
    const message = new providerPb.UpdateRequest().setUrn(request.urn).setId(request.id);
    message.setOlds(encodeProperties(request.outputs));
    message.setNews(encodeProperties(request.newInputs));
    return outputsOf(
      await this.#call<UpdateResponse>((client, done) => client.update(message, done)),
    );
  }

  async delete({ urn, id, outputs }: ResourceState): Promise<void> {
    const request = new providerPb.DeleteRequest().setUrn(urn).setId(id);
    request.setProperties(encodeProperties(outputs));
    await this.#call<Empty>((client, done) => client.delete(request, done));
  }

  async invoke(token: string): Promise<Invoked> {
    throw new ProviderError(`dynamic providers have no lookups (${token})`);
  }

  /** Ends the process. */
  close(): void {
    this.#process?.child.kill("SIGKILL");
    this.#process?.client.then(
      (client) => client.close(),
      () => {}, // The call that started it reports it.
    );
    this.#process = undefined;
  }

  async #call<Response>(call: Call<Response>): Promise<Response> {
    this.#process ??= this.#start();
    const client = await this.#process.client;
    return called<Response>((done) => call(client, done));
  }

  #start() {
    const { project, environment, node = process.execPath } = this.#options;
    const require = createRequire(path.join(project.directory, "program.js"));
    const runner = require.resolve("@pulumi/pulumi/cmd/dynamic-provider");
    // The address of an engine is only for logs; a provider of a program has none but its output.
    const nodeArguments = splitArguments(project.runtime.nodeargs ?? "");
    const child = spawn(node, [...nodeArguments, runner, ""], {
      cwd: project.directory,
      env: environment?.(),
      stdio: ["ignore", "pipe", "inherit"],
    });
    child.unref();
    // Another call starts it again.
    child.once("exit", () => {
      if (this.#process?.child === child) this.close();
    });
    return { child, client: connectProvider(child, "the process of dynamic providers") };
  }
}

function outputsOf(response: CreateResponse | ReadResponse | UpdateResponse): PropertyMap {
  return toProvider(decodeProperties(response.getProperties()).values);
}
