import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import resourcePb, { type RegisterResourceResponse } from "@pulumi/pulumi/proto/resource_pb.js";
import { isProviderType, makeUrn, packageOf, type Urn } from "../../pulumi/urn.ts";
import { resolveAssets } from "../../pulumi/values/assets.ts";
import { encodeProperties } from "../../pulumi/values/wire.ts";
import type { Deployment } from "../deployment/deployment.ts";
import type { Goal } from "../deployment/goal.ts";
import { register } from "../deployment/registration.ts";
import { packageOfReference } from "../providers/providerRegistry.ts";
import type { DefaultProviders } from "./defaultProviders.ts";
import { goalOf } from "./goalMessage.ts";
import type { Packages } from "./packages.ts";
import type { RemoteComponents } from "./remoteComponents.ts";
import { assertSupported } from "./supported.ts";
import type { Transforms } from "./transforms.ts";

type RegistrationsOptions = {
  readonly deployment: Deployment;
  readonly defaultProviders: DefaultProviders;
  readonly packages: Packages;
  readonly transforms: Transforms;
  readonly remoteComponents: RemoteComponents;
  /** Of the program; paths of assets are relative to it. */
  readonly workingDirectory: string;
};

/** Takes the program's registrations: what parents, transforms and providers add to each, and its answer. */
export class Registrations {
  readonly #options: RegistrationsOptions;
  readonly #goals = new Map<Urn, Goal>();

  constructor(options: RegistrationsOptions) {
    this.#options = options;
  }

  async register(request: RegisterResourceRequest): Promise<RegisterResourceResponse> {
    assertSupported(request);
    const { deployment, transforms } = this.#options;
    const goal = await this.#goalOf(request);
    if (request.getRemote()) return this.#construct(goal);
    const state = await register(deployment, goal);
    this.#goals.set(state.urn, goal);
    transforms.addResource(state.urn, goal.parent, request);
    return new resourcePb.RegisterResourceResponse()
      .setUrn(state.urn)
      .setId(state.id)
      .setObject(encodeProperties(state.custom ? state.outputs : {}));
  }

  /** A plugin makes the component, and registers it and its children here. */
  async #construct(goal: Goal): Promise<RegisterResourceResponse> {
    const { deployment, remoteComponents } = this.#options;
    // After a failure elsewhere the plugin waits for answers that do not come.
    const made = await Promise.race([remoteComponents.construct(goal), deployment.failed]);
    return new resourcePb.RegisterResourceResponse()
      .setUrn(made.getUrn())
      .setObject(made.getState());
  }

  /** The provider that a component, or one around it, has for this package; "" without. */
  providerOf(urn: Urn, packageName: string): string {
    return this.#goals.get(urn)?.providers[packageName] ?? "";
  }

  async #goalOf(request: RegisterResourceRequest): Promise<Goal> {
    const { transforms, packages } = this.#options;
    const named = goalOf(request);
    const goal = {
      ...named,
      version: packages.versionOf(request.getPackageref()) ?? named.version,
    };
    const transformed = await transforms.apply(this.#inherit(goal), request);
    return this.#withProvider(this.#withAssets(transformed));
  }

  #withAssets(goal: Goal): Goal {
    return { ...goal, inputs: resolveAssets(goal.inputs, this.#options.workingDirectory) };
  }

  /** What a child has of its parent unless it says otherwise. */
  #inherit(goal: Goal): Goal {
    const parent = this.#goals.get(goal.parent);
    if (parent === undefined) return goal;
    const sharesProvider =
      goal.custom && packageOfReference(parent.provider) === packageOf(goal.type);
    return {
      ...goal,
      protect: goal.protect ?? parent.protect,
      retainOnDelete: goal.retainOnDelete ?? parent.retainOnDelete,
      deletedWith: goal.deletedWith || parent.deletedWith,
      provider: goal.provider || (sharesProvider ? parent.provider : ""),
      ...(!goal.custom && { providers: { ...parent.providers, ...goal.providers } }),
    };
  }

  async #withProvider(goal: Goal): Promise<Goal> {
    if (!goal.custom || isProviderType(goal.type)) return goal;
    const name = packageOf(goal.type);
    const given = goal.provider || goal.providers[name] || this.providerOf(goal.parent, name);
    if (given !== "") return { ...goal, provider: given };
    const { deployment, defaultProviders } = this.#options;
    // What no provider serves is refused with the resource's own name, not its provider's.
    if (deployment.providers.unservedReason(goal.type) !== undefined) return goal;
    const urn = makeUrn(deployment.target, goal.parent, goal.type, goal.name);
    return { ...goal, provider: await defaultProviders.reference(name, goal.version, urn) };
  }
}
