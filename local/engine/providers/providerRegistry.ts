import { randomUUID } from "node:crypto";
import { updateOfConfiguration } from "../../pulumi/configurationDiff.ts";
import { type Created, type Diff, type Provider, ProviderError } from "../../pulumi/provider.ts";
import {
  isProviderType,
  packageOf,
  parseUrn,
  providerPackage,
  type Urn,
} from "../../pulumi/urn.ts";
import type { PropertyMap } from "../../pulumi/values/propertyValue.ts";

/** Finds the provider of a resource: of its package, configured by the program or by the stack. */
export class ProviderRegistry {
  readonly #packages: Readonly<Record<string, Provider>>;
  /** By the URN of the provider's resource. */
  readonly #configured = new Map<Urn, Provider>();
  /** Takes the place of a provider for resources that are providers themselves. */
  readonly #ofProviders: Provider;

  /** @param packages providers that are still to be configured, by package: `aws` */
  constructor(packages: Readonly<Record<string, Provider>>) {
    this.#packages = packages;
    this.#ofProviders = providerOfProviders(packages, (type) => this.unservedReason(type));
  }

  /** Why there are no resources of this type here; `undefined` when there may be. */
  unservedReason(type: string): string | undefined {
    const name = isProviderType(type) ? providerPackage(type) : packageOf(type);
    if (this.#packages[name] !== undefined) return undefined;
    return `the local run serves the AWS provider only; resource type ${type} needs the provider "${name}"`;
  }

  /** Configures the provider of this resource, in place of one that it had. */
  configure(urn: Urn, type: string, configuration: PropertyMap): void {
    const provider = this.configured(type, configuration);
    if (provider !== undefined) this.#configured.set(urn, provider);
  }

  /** A provider with this configuration, for resources of a provider that is no longer registered. */
  configured(type: string, configuration: PropertyMap): Provider | undefined {
    return this.#packages[providerPackage(type)]?.configure(configuration);
  }

  /** Whether resources of one configuration have to be replaced under another one of the same package. */
  replacesResources(type: string, before: PropertyMap, after: PropertyMap): boolean {
    const diff = this.#packages[providerPackage(type)]?.diffConfiguration(before, after);
    return diff !== undefined && diff.replaces.length > 0;
  }

  /**
   * @param reference of the provider: `URN::ID`
   * @throws Error when no such provider was registered
   */
  providerOf(type: string, reference: string): Provider {
    if (isProviderType(type)) return this.#ofProviders;
    const provider = this.#configured.get(urnOfReference(reference));
    if (provider === undefined) throw new Error(`unknown provider '${reference}'`);
    return provider;
  }

  /** The provider that a lookup without a resource goes to. */
  unconfigured(packageName: string): Provider | undefined {
    return this.#packages[packageName];
  }
}

/** The URN in `URN::ID`. */
export function urnOfReference(reference: string): Urn {
  return reference.slice(0, reference.lastIndexOf("::"));
}

/** The package of the provider in `URN::ID`: `aws`; "" for none. */
export function packageOfReference(reference: string): string {
  return reference === "" ? "" : providerPackage(parseUrn(urnOfReference(reference)).type);
}

function providerOfProviders(
  packages: Readonly<Record<string, Provider>>,
  unservedReason: (type: string) => string | undefined,
): Provider {
  const provider: Provider = {
    configure: () => provider,
    diffConfiguration: updateOfConfiguration,
    async check({ type, inputs }) {
      const reason = unservedReason(type) ?? rejection(packages[providerPackage(type)], inputs);
      return { inputs, failures: reason === undefined ? [] : [{ property: "", reason }] };
    },
    async diff({ type, inputs, newInputs }): Promise<Diff> {
      const { diffConfiguration } = packages[providerPackage(type)] ?? provider;
      return diffConfiguration(inputs, newInputs);
    },
    async create({ inputs, preview }): Promise<Created> {
      return { id: preview ? "" : randomUUID(), outputs: inputs };
    },
    async read({ id, inputs = {}, outputs = inputs }) {
      return { id, inputs, outputs };
    },
    async update({ newInputs }) {
      return newInputs;
    },
    async delete() {},
    async invoke(token) {
      throw new Error(`unknown function ${token}`);
    },
  };
  return provider;
}

/** Why the provider does not take this configuration; undefined when it does. */
function rejection(provider: Provider | undefined, configuration: PropertyMap): string | undefined {
  try {
    provider?.configure(configuration);
    return undefined;
  } catch (error) {
    if (error instanceof ProviderError) return error.message;
    throw error;
  }
}
