import { randomUUID } from "node:crypto";
import type { PropertyMap } from "../../provider/propertyValue.ts";
import type { Created, Diff, Provider } from "../../provider/provider.ts";
import { isProviderType, packageOf, parseUrn, providerPackage, type Urn } from "../urn.ts";
import { sameValues } from "../values/json.ts";

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
    this.#ofProviders = providerOfProviders((type) => this.unservedReason(type));
  }

  /** Why there are no resources of this type here; `undefined` when there may be. */
  unservedReason(type: string): string | undefined {
    const name = isProviderType(type) ? providerPackage(type) : packageOf(type);
    if (this.#packages[name] !== undefined) return undefined;
    return `the local run serves the AWS provider only; resource type ${type} needs the provider "${name}"`;
  }

  /** Configures the provider of this resource, in place of one that it had. */
  configure(urn: Urn, type: string, configuration: PropertyMap): void {
    const unconfigured = this.#packages[providerPackage(type)];
    if (unconfigured !== undefined) {
      this.#configured.set(urn, unconfigured.configure(configuration));
    }
  }

  isConfigured(reference: string): boolean {
    return this.#configured.has(urnOfReference(reference));
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

function providerOfProviders(unservedReason: (type: string) => string | undefined): Provider {
  const provider: Provider = {
    configure: () => provider,
    async check({ type, inputs }) {
      const reason = unservedReason(type);
      return { inputs, failures: reason === undefined ? [] : [{ property: "", reason }] };
    },
    async diff({ inputs, newInputs }): Promise<Diff> {
      const changes = !sameValues(inputs, newInputs);
      return { changes, replaces: [], deleteBeforeReplace: false, stables: [], detailed: {} };
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
