import { diffConfiguration } from "../../../local/provider/configuration.ts";
import {
  type Checked,
  type CheckFailure,
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
} from "../../../local/pulumi/provider.ts";
import type { PropertyMap } from "../../../local/pulumi/values/propertyValue.ts";
import { unknown } from "../../../local/pulumi/values/propertyValue.ts";

/** A call of the provider: `create queue`, with what matters of its request. */
export type ProviderCall = { readonly call: string; readonly inputs?: PropertyMap };

const nothing: Diff = {
  changes: false,
  replaces: [],
  deleteBeforeReplace: false,
  stables: [],
  detailed: {},
};

/**
 * Makes resources of any type in memory: an id of their logical name and a number, and their inputs as
 * outputs. An input `replace...` makes a replacement necessary when it changes, `deleteFirst...` one that
 * deletes first, `secretOutput` is returned as the output `derived`; `fail` names the call that fails.
 */
export class FakeProvider implements Provider {
  readonly calls: ProviderCall[] = [];
  /** What exists, by id. */
  readonly resources = new Map<string, PropertyMap>();
  readonly configurations: PropertyMap[] = [];
  #made = 0;

  /** The calls in order: `create queue`. */
  get log(): string[] {
    return this.calls.map(({ call }) => call);
  }

  configure(configuration: PropertyMap): Provider {
    this.configurations.push(configuration);
    return this;
  }

  diffConfiguration(before: PropertyMap, after: PropertyMap): Diff {
    return diffConfiguration(before, after);
  }

  async check({ name, inputs, oldInputs, autonaming }: CheckRequest): Promise<Checked> {
    const failures: CheckFailure[] = [];
    if (inputs.invalid !== undefined) {
      failures.push({ property: "invalid", reason: "is not allowed" });
    }
    const proposed =
      autonaming !== undefined && "proposedName" in autonaming ? autonaming.proposedName : name;
    const automatic = oldInputs?.name ?? (autonaming?.mode === "disable" ? null : proposed);
    return { inputs: { name: automatic, ...inputs }, failures };
  }

  async diff({ inputs, newInputs, ignoreChanges }: DiffRequest): Promise<Diff> {
    const names = [...new Set([...Object.keys(inputs), ...Object.keys(newInputs)])];
    const changed = names.filter(
      (name) => !ignoreChanges.includes(name) && textOf(inputs[name]) !== textOf(newInputs[name]),
    );
    if (changed.length === 0) return nothing;
    const replaces = changed.filter((name) => /^(replace|deleteFirst)/.test(name));
    return {
      ...nothing,
      changes: true,
      replaces,
      deleteBeforeReplace: replaces.some((name) => name.startsWith("deleteFirst")),
      detailed: Object.fromEntries(changed.map((name) => [name, "update" as const])),
    };
  }

  async create(request: CreateRequest): Promise<Created> {
    const { name, inputs, preview } = request;
    if (preview) return { id: "", outputs: { ...inputs, arn: unknown } };
    this.#note("create", request, inputs);
    const id = `${name}-${++this.#made}`;
    this.resources.set(id, inputs);
    return { id, outputs: outputsOf(id, inputs) };
  }

  async read({ id }: ReadRequest): Promise<ReadResource | undefined> {
    const inputs = this.resources.get(id);
    return inputs && { id, inputs, outputs: outputsOf(id, inputs) };
  }

  async update(request: UpdateRequest): Promise<PropertyMap> {
    const { id, newInputs, preview } = request;
    if (preview) return outputsOf(id, newInputs);
    this.#note("update", request, newInputs);
    this.resources.set(id, newInputs);
    return outputsOf(id, newInputs);
  }

  async delete(request: ResourceState): Promise<void> {
    this.#note("delete", request, request.inputs);
    this.resources.delete(request.id);
  }

  async invoke(token: string, args: PropertyMap): Promise<Invoked> {
    if (token === "aws:index/getRegion:getRegion") {
      return { result: { id: "eu-west-1", region: "eu-west-1", ...args } };
    }
    throw new ProviderError(`the local cloud does not answer ${token}`);
  }

  #note(operation: string, { name }: { readonly name: string }, inputs: PropertyMap): void {
    this.calls.push({ call: `${operation} ${name}`, inputs });
    if (inputs.fail === operation) throw new ProviderError(`AWS refuses to ${operation} ${name}`);
  }
}

function outputsOf(id: string, inputs: PropertyMap): PropertyMap {
  return { ...inputs, arn: `arn:aws:test:::${id}`, derived: inputs.secretOutput ?? null };
}

function textOf(value: PropertyMap[string] | undefined): string {
  return JSON.stringify(value, (_key, each: unknown) => (each === unknown ? "?" : each)) ?? "";
}
