import * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "./cloud.ts";
import { AwsProvider } from "./provider/awsProvider.ts";
import type { MadeResource } from "./provider/madeResources.ts";
import { plain } from "./provider/plain.ts";
import {
  type Archive,
  type Asset,
  AssetValue,
  type PropertyMap,
  type PropertyValue,
} from "./provider/propertyValue.ts";
import type { ResourceState } from "./provider/provider.ts";

/** A resource as Pulumi's program sees it. */
export type ProgramResource = { readonly id: string; readonly state: Record<string, unknown> };

/**
 * Brings resources of a program to what it says, one at a time: what a run before on the same data has
 * made is changed, everything else is made.
 */
export class ProgramResources {
  readonly #provider: AwsProvider;
  readonly #before: readonly MadeResource[];
  readonly #claimed = new Set<string>();

  constructor(cloud: Cloud) {
    this.#provider = new AwsProvider(cloud);
    this.#before = this.#provider.made();
  }

  /** @throws Error that names the resource, for what the local cloud does not support or AWS would refuse */
  async register(
    type: string,
    name: string,
    given: Readonly<Record<string, unknown>>,
  ): Promise<ProgramResource> {
    const resource = { type, name, urn: `urn:pulumi:local::local::${type}::${name}` };
    try {
      const before = await this.#findBefore(type, name);
      const { inputs, failures } = await this.#provider.check({
        ...resource,
        inputs: await propertiesOf(given),
        oldInputs: before?.inputs,
        autonaming: { mode: "propose", proposedName: name },
      });
      if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("; "));
      const { id, outputs } = await this.#deploy({ ...resource, inputs }, before);
      this.#claimed.add(`${type} ${id}`);
      return { id, state: { ...given, ...plainOutputs(outputs) } };
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`${type} "${name}": ${reason}`, { cause });
    }
  }

  /**
   * Takes away what earlier runs of the program have made and this one has not, as `pulumi up` would. But
   * queues with messages, buckets with objects and tables with items are kept: the data is the user's.
   *
   * @returns what is kept, a line each
   */
  async removeAbandoned(): Promise<string[]> {
    const kept: string[] = [];
    for (const made of this.#before.toReversed()) {
      if (this.#claimed.has(`${made.type} ${made.id}`)) continue;
      const holds = await this.#provider.holds(made);
      if (holds === undefined) await this.#provider.delete({ ...made, urn: "" });
      else kept.unshift(holds);
    }
    return kept;
  }

  async #deploy(
    resource: Omit<ResourceState, "id" | "outputs">,
    before: MadeResource | undefined,
  ): Promise<{ id: string; outputs: PropertyMap }> {
    if (before === undefined) return this.#provider.create({ ...resource, preview: false });
    const { id } = before;
    const state = { ...resource, id, inputs: before.inputs, outputs: before.outputs };
    const request = { ...state, newInputs: resource.inputs, ignoreChanges: [] };
    const { changes, replaces } = await this.#provider.diff(request);
    if (replaces.length > 0) {
      const holds = await this.#provider.holds(before);
      if (holds !== undefined) {
        throw new Error(
          `a change of ${replaces.join(", ")} would replace the ${holds}: empty it first, or use another data directory (on AWS all of that would be deleted)`,
        );
      }
      await this.#provider.delete(state);
      return this.#provider.create({ ...resource, preview: false });
    }
    if (changes) await this.#provider.update({ ...request, preview: false });
    const now = await this.#provider.read({ ...resource, id });
    return { id, outputs: now?.outputs ?? before.outputs };
  }

  /** The resource that a run before has made, if the cloud has kept it. */
  async #findBefore(type: string, name: string): Promise<MadeResource | undefined> {
    const made = this.#before.find(
      (each) =>
        each.type === this.#provider.ownToken(type) &&
        each.name === name &&
        !this.#claimed.has(`${each.type} ${each.id}`),
    );
    if (made === undefined || this.#provider.isForgotten(type)) return undefined;
    return (await this.#provider.read({ ...made, urn: "" })) === undefined ? undefined : made;
  }
}

/** Outputs as a program reads them; assets it has itself. */
function plainOutputs(outputs: PropertyMap): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(outputs).filter(([, value]) => !(value instanceof AssetValue)),
  );
}

async function propertiesOf(given: Readonly<Record<string, unknown>>): Promise<PropertyMap> {
  const known = Object.entries(given).filter(([, value]) => value !== undefined);
  const converted = known.map(
    async ([name, value]): Promise<[string, PropertyValue]> => [name, await propertyOf(value)],
  );
  return Object.fromEntries(await Promise.all(converted));
}

async function propertyOf(value: unknown): Promise<PropertyValue> {
  const opened = plain(value);
  if (Array.isArray(opened)) return Promise.all(opened.map(propertyOf));
  if (isAsset(opened)) return new AssetValue(await assetOf(opened));
  switch (typeof opened) {
    case "string":
    case "number":
    case "boolean":
      return opened;
    case "object":
      return opened === null ? null : propertiesOf({ ...opened });
    default:
      throw new Error(`a value of the type ${typeof opened} is no input`);
  }
}

function isAsset(value: unknown): boolean {
  return pulumi.asset.Asset.isInstance(value) || pulumi.asset.Archive.isInstance(value);
}

async function assetOf(value: unknown): Promise<Asset | Archive> {
  if (value instanceof pulumi.asset.FileAsset) {
    return { kind: "fileAsset", path: await value.path };
  }
  if (value instanceof pulumi.asset.StringAsset) {
    return { kind: "textAsset", text: await value.text };
  }
  if (value instanceof pulumi.asset.FileArchive) {
    return { kind: "fileArchive", path: await value.path };
  }
  if (value instanceof pulumi.asset.AssetArchive) {
    const parts = Object.entries(await value.assets).map(
      async ([path, part]): Promise<[string, Asset | Archive]> => [path, await assetOf(part)],
    );
    return { kind: "assetArchive", assets: Object.fromEntries(await Promise.all(parts)) };
  }
  throw new Error("the local cloud reads files, folders and texts, and fetches no address");
}
