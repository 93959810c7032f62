import resourcePb, {
  type ExistsResourceRequest,
  type ReadResourceRequest,
  type ReadResourceResponse,
} from "@pulumi/pulumi/proto/resource_pb.js";
import { makeUrn, packageOf } from "../../pulumi/urn.ts";
import { toProvider } from "../../pulumi/values/secrets.ts";
import { decodeProperties, encodeProperties } from "../../pulumi/values/wire.ts";
import type { Deployment } from "../deployment/deployment.ts";
import { read, readStackReference } from "../deployment/reads.ts";
import type { DefaultProviders } from "./defaultProviders.ts";
import type { Packages } from "./packages.ts";
import { type StackReferences, stackReferenceType } from "./stackReferences.ts";

type ReadsOptions = {
  readonly deployment: Deployment;
  readonly defaultProviders: DefaultProviders;
  readonly packages: Packages;
  readonly stackReferences: StackReferences;
};

/** Answers `Resource.get` and stack references. */
export class Reads {
  readonly #options: ReadsOptions;

  constructor(options: ReadsOptions) {
    this.#options = options;
  }

  async read(request: ReadResourceRequest): Promise<ReadResourceResponse> {
    const { deployment, stackReferences } = this.#options;
    const goal = {
      type: request.getType(),
      name: request.getName(),
      parent: request.getParent(),
      id: request.getId(),
      properties: decodeProperties(request.getProperties()).values,
      dependencies: request.getDependenciesList(),
      additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    };
    const state =
      goal.type === stackReferenceType
        ? readStackReference(deployment, goal, stackReferences.read(goal.id))
        : await read(deployment, { ...goal, provider: await this.#provider(request) });
    return new resourcePb.ReadResourceResponse()
      .setUrn(state.urn)
      .setProperties(encodeProperties(state.outputs));
  }

  async exists(request: ExistsResourceRequest): Promise<boolean> {
    const { providers } = this.#options.deployment;
    const [type, id] = [request.getType(), request.getId()];
    const reason = providers.unservedReason(type);
    if (reason !== undefined) throw new Error(reason);
    const provider = providers.providerOf(type, await this.#provider(request));
    const inputs = toProvider(decodeProperties(request.getProperties()).values);
    return (await provider.read({ urn: "", type, name: "", id, inputs })) !== undefined;
  }

  #userOf(request: ReadResourceRequest | ExistsResourceRequest): string {
    const [type, { target }] = [request.getType(), this.#options.deployment];
    return "getName" in request
      ? makeUrn(target, request.getParent(), type, request.getName())
      : type;
  }

  async #provider(request: ReadResourceRequest | ExistsResourceRequest): Promise<string> {
    const { deployment, defaultProviders, packages } = this.#options;
    const type = request.getType();
    if (request.getProvider() !== "") return request.getProvider();
    if (deployment.providers.unservedReason(type) !== undefined) return "";
    const version = packages.versionOf(request.getPackageref()) ?? request.getVersion();
    return defaultProviders.reference(packageOf(type), version, this.#userOf(request));
  }
}
