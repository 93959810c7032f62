import { providerTypeOf } from "../../pulumi/urn.ts";
import type { Deployment } from "../deployment/deployment.ts";
import { type Goal, noOptions } from "../deployment/goal.ts";
import { register } from "../deployment/registration.ts";
import { packageSettings } from "../project/stackConfig.ts";

/**
 * The providers of resources for which the program names none: one for each package and version, made
 * when the first resource needs it, with the stack's configuration of the package.
 */
export class DefaultProviders {
  readonly #deployment: Deployment;
  readonly #config: Readonly<Record<string, string>>;
  readonly #references = new Map<string, Promise<string>>();

  /** @param config the stack's, by full keys: `aws:region` */
  constructor(deployment: Deployment, config: Readonly<Record<string, string>>) {
    this.#deployment = deployment;
    this.#config = config;
  }

  /**
   * @param user what needs the provider: the token of a resource or a lookup
   * @returns `URN::ID`
   * @throws Error when the stack's `pulumi:disable-default-providers` names the package
   */
  async reference(packageName: string, version: string, user: string): Promise<string> {
    if (this.#isDisabled(packageName)) {
      throw new Error(
        `Default provider for '${packageName}' disabled. '${user}' must use an explicit provider.`,
      );
    }
    return this.#registered(packageName, version);
  }

  /** https://www.pulumi.com/docs/iac/concepts/resources/providers/#disabling-default-providers */
  #isDisabled(packageName: string): boolean {
    const text = this.#config["pulumi:disable-default-providers"] ?? "";
    const disabled: unknown = text === "" ? [] : JSON.parse(text);
    if (!Array.isArray(disabled) || !disabled.every((each) => typeof each === "string")) {
      throw new Error(`pulumi:disable-default-providers must be a list of texts, got ${text}`);
    }
    return disabled.some((each) => each.trim() === "*" || each.trim() === packageName);
  }

  #registered(packageName: string, version: string): Promise<string> {
    const name = version === "" ? "default" : `default_${version.replace(/[^A-Za-z0-9]/g, "_")}`;
    const key = `${packageName}\n${name}`;
    const known = this.#references.get(key);
    if (known !== undefined) return known;
    const reference = this.#register(packageName, name, version);
    this.#references.set(key, reference);
    return reference;
  }

  async #register(packageName: string, name: string, version: string): Promise<string> {
    const goal = this.#goal(packageName, name, version);
    const { urn, id } = await register(this.#deployment, goal);
    return `${urn}::${id}`;
  }

  #goal(packageName: string, name: string, version: string): Goal {
    return {
      ...noOptions,
      type: providerTypeOf(packageName),
      name,
      custom: true,
      parent: "",
      inputs: {
        ...packageSettings(this.#config, packageName),
        ...(version !== "" && { version }),
      },
      dependencies: [],
      propertyDependencies: new Map(),
    };
  }
}
