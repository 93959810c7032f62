import providerPb from "@pulumi/pulumi/proto/provider_pb.js";
import resourcePb, {
  type ResourceInvokeRequest,
  type ResourceInvokeResponse,
} from "@pulumi/pulumi/proto/resource_pb.js";
import { packageOf, type Urn } from "../../pulumi/urn.ts";
import { toProvider } from "../../pulumi/values/secrets.ts";
import type { ValueMap } from "../../pulumi/values/value.ts";
import { decodeProperties, encodeProperties } from "../../pulumi/values/wire.ts";
import type { Deployment } from "../deployment/deployment.ts";
import type { DefaultProviders } from "./defaultProviders.ts";
import type { Packages } from "./packages.ts";
import type { Registrations } from "./registrations.ts";
import type { StackReferences } from "./stackReferences.ts";
import type { Transforms } from "./transforms.ts";

type LookupsOptions = {
  readonly deployment: Deployment;
  readonly defaultProviders: DefaultProviders;
  readonly packages: Packages;
  readonly registrations: Registrations;
  readonly transforms: Transforms;
  readonly stackReferences: StackReferences;
};

/** Answers the program's lookups: `aws.getCallerIdentity()`, and those of the engine itself. */
export class Lookups {
  readonly #options: LookupsOptions;

  constructor(options: LookupsOptions) {
    this.#options = options;
  }

  /** @throws Error that names an unanswered lookup */
  async invoke(request: ResourceInvokeRequest): Promise<ResourceInvokeResponse> {
    const token = request.getTok();
    const response = new resourcePb.ResourceInvokeResponse();
    const own = this.#ofEngine(token, decodeProperties(request.getArgs()).values);
    if (own !== undefined) return response.setReturn(encodeProperties(own));
    if (this.#waitsFor(request.getDependsonList())) return response.setUnknown(true);
    const invoked = await this.#ofProvider(token, request);
    if ("result" in invoked) return response.setReturn(encodeProperties(invoked.result));
    return response.setFailuresList(
      invoked.failures.map(({ property, reason }) =>
        new providerPb.CheckFailure().setProperty(property).setReason(reason),
      ),
    );
  }

  #ofEngine(token: string, args: ValueMap): ValueMap | undefined {
    switch (token) {
      case "pulumi:pulumi:getResource":
        return this.#resource(String(args.urn));
      case "pulumi:pulumi:readStackOutputs":
        return this.#options.stackReferences.read(String(args.name));
      default:
        return undefined;
    }
  }

  /** A resource that this run has registered: what a program makes of a resource that it is passed. */
  #resource(urn: Urn): ValueMap {
    const state = this.#options.deployment.news.get(urn);
    if (state === undefined) throw new Error(`unknown resource ${urn}`);
    return { urn, id: state.id, provider: state.provider, state: state.outputs };
  }

  async #ofProvider(token: string, request: ResourceInvokeRequest) {
    const { deployment, transforms } = this.#options;
    const name = packageOf(token);
    const { args, options } = await transforms.applyToInvoke(
      token,
      decodeProperties(request.getArgs()).values,
      new resourcePb.TransformInvokeOptions()
        .setProvider(request.getProvider())
        .setVersion(this.#versionOf(request))
        .setPluginDownloadUrl(request.getPlugindownloadurl()),
    );
    if (deployment.providers.unconfigured(name) === undefined) {
      throw new Error(`the local run does not answer ${token}; it serves the AWS provider only`);
    }
    const reference = await this.#reference(
      request,
      name,
      options.getProvider(),
      options.getVersion(),
    );
    const provider = deployment.providers.providerOf(`${name}:lookup:Lookup`, reference);
    try {
      return await provider.invoke(token, toProvider(args));
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`invocation of ${token} returned an error: ${reason}`, { cause });
    }
  }

  #versionOf(request: ResourceInvokeRequest): string {
    return this.#options.packages.versionOf(request.getPackageref()) ?? request.getVersion();
  }

  async #reference(
    request: ResourceInvokeRequest,
    packageName: string,
    given: string,
    version: string,
  ): Promise<string> {
    const { registrations, defaultProviders } = this.#options;
    const reference = given || registrations.providerOf(request.getParent(), packageName);
    return reference || (await defaultProviders.reference(packageName, version, request.getTok()));
  }

  /** Whether a preview would look up what is still to be created. */
  #waitsFor(urns: readonly Urn[]): boolean {
    const { deployment } = this.#options;
    return urns.some((urn) => {
      const state = deployment.news.get(urn);
      return state === undefined ? false : state.custom && state.id === "";
    });
  }
}
