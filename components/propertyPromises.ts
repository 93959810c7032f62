import { createHash } from "node:crypto";
import { inspect } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { isGrpcError } from "@pulumi/pulumi/errors.js";
import rpc from "@pulumi/pulumi/runtime/rpc.js";

/**
 * Pulumi's runtime creates an Output for every property of a resource, and most are never used: a function has
 * 50 properties, of which its consumer uses one. In a large topic the promises of these Outputs account for two
 * fifths of the memory and a third of the time. This module creates such an Output when it is first used:
 * docs/adr/0014-outputs-on-first-use.md.
 */

/**
 * SHA-256 of the text of the runtime's function that this module replaces, which is the same in versions 3.220,
 * 3.235, 3.250, 3.260 and 3.270. A function with another text is not replaced.
 */
const replacedFunction = "b3b1e2c206b5fca7334f628e29a693659092c7e9ae5dc357c89720d87d213937";

type TransferProperties = typeof rpc.transferProperties;
type Resolve = ReturnType<TransferProperties>[string];
type Result = Parameters<Resolve>;

/** The runtime's own function, set only inside `withoutPropertyPromises`. */
let replaced: TransferProperties | undefined;

/** Creates resources whose properties are Outputs that are created when they are first used. */
export function withoutPropertyPromises<T>(create: () => T): T {
  const usual = rpc.transferProperties;
  if (sha256(String(usual)) !== replacedFunction) return create();
  const onFirstUse: TransferProperties = (resource, label, props) =>
    Object.keys(props).some((name) => Object.hasOwn(resource, name))
      ? usual(resource, label, props)
      : transferOnFirstUse(resource, props);
  replaced = usual;
  try {
    return transferringBy(onFirstUse, create);
  } finally {
    replaced = undefined;
  }
}

/** Runs code of the user inside `withoutPropertyPromises`, whose resources are created as usual. */
export function withPropertyPromises<T>(run: () => T): T {
  return replaced === undefined ? run() : transferringBy(replaced, run);
}

function transferringBy<T>(transfer: TransferProperties, run: () => T): T {
  const { transferProperties } = rpc;
  Reflect.set(rpc, "transferProperties", transfer);
  try {
    return run();
  } finally {
    Reflect.set(rpc, "transferProperties", transferProperties);
  }
}

/** Sets the properties of a resource. @returns by property: what the runtime calls with the result of the registration */
function transferOnFirstUse(
  resource: pulumi.Resource,
  props: pulumi.Inputs,
): Record<string, Resolve> {
  const names = Object.keys(props).filter((name) => name !== "id" && name !== "urn");
  return Object.fromEntries(
    names.map((name) => {
      const property = new Property(resource);
      Reflect.set(resource, name, new Proxy(property, outputOfProperty));
      return [name, (...result: Result) => property.resolve(result)];
    }),
  );
}

/** A property of a resource, whose Output is created when it is first used, before or after its result is known. */
class Property {
  readonly #resource: pulumi.Resource;
  #result: Result | undefined;
  #created: { readonly output: object; readonly resolve: Resolve } | undefined;

  constructor(resource: pulumi.Resource) {
    this.#resource = resource;
  }

  resolve(result: Result): void {
    this.#result ??= result;
    this.#created?.resolve(...result);
  }

  get output(): object {
    if (this.#created === undefined) {
      this.#created = createOutput(this.#resource);
      if (this.#result !== undefined) this.#created.resolve(...this.#result);
    }
    return this.#created.output;
  }

  /** What `console.log` prints. */
  [inspect.custom](): object {
    return this.output;
  }
}

/** Creates the Output of a property as the runtime's function does. */
function createOutput(resource: pulumi.Resource): { output: object; resolve: Resolve } {
  const value = Promise.withResolvers<unknown>();
  const isKnown = Promise.withResolvers<boolean>();
  const isSecret = Promise.withResolvers<boolean>();
  const dependencies = Promise.withResolvers<pulumi.Resource[]>();
  const all = [value, isKnown, isSecret, dependencies];
  const output: object = Reflect.construct(Object(pulumi.Output), [
    resource,
    ...all.map(({ promise }) => promise),
  ]);
  const resolve: Resolve = (known, stable, secret, resources = [], error) => {
    if (error) {
      // The engine is going away, of which the runtime informs the user.
      if (!isGrpcError(error)) for (const { reject } of all) reject(error);
      return;
    }
    value.resolve(known);
    isKnown.resolve(stable);
    isSecret.resolve(secret);
    dependencies.resolve(resources);
  };
  return { output, resolve };
}

/** Behaves as the Output in every respect. That a value is an Output is known without it. */
const outputOfProperty: ProxyHandler<Property> = {
  get: (property, name) => name === "__pulumiOutput" || Reflect.get(property.output, name),
  set: (property, name, value) => Reflect.set(property.output, name, value),
  has: (property, name) => Reflect.has(property.output, name),
  deleteProperty: (property, name) => Reflect.deleteProperty(property.output, name),
  defineProperty: (property, name, value) => Reflect.defineProperty(property.output, name, value),
  getOwnPropertyDescriptor: (property, name) =>
    Reflect.getOwnPropertyDescriptor(property.output, name),
  ownKeys: (property) => Reflect.ownKeys(property.output),
  getPrototypeOf: (property) => Reflect.getPrototypeOf(property.output),
};

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
