import type { Cloud } from "../cloud.ts";
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
} from "../pulumi/provider.ts";
import { isMap, type PropertyMap } from "../pulumi/values/propertyValue.ts";
import { hashOf, withHashes } from "./assets/hashes.ts";
import { readArchive, readAsset } from "./assets/readAssets.ts";
import { checkFields } from "./check/checkFields.ts";
import { checkResource } from "./check/checkResource.ts";
import { type Configuration, diffConfiguration, readConfiguration } from "./configuration.ts";
import type { Making, ResourceType } from "./declaration/resourceType.ts";
import { diffResource } from "./diffResource.ts";
import { listedOf } from "./listedInputs.ts";
import { lookups } from "./lookups/index.ts";
import { MadeResources } from "./madeResources.ts";
import { inputsOf, outputsOf, previewOf } from "./outputs.ts";
import { reasonOf } from "./reason.ts";
import { typeOf } from "./resourceTypes.ts";

export type AwsProviderOptions = {
  /** What relative paths of assets start from. @default the process's working directory */
  readonly directory?: string | undefined;
  /** Rejects what is only listed. @default false */
  readonly strict?: boolean | undefined;
};

/** The AWS provider of a local cloud. */
export class AwsProvider implements Provider {
  readonly #cloud: Cloud;
  readonly #options: AwsProviderOptions;
  readonly #configuration: Configuration;
  readonly #made: MadeResources;

  constructor(cloud: Cloud, options: AwsProviderOptions = {}, configuration: PropertyMap = {}) {
    this.#cloud = cloud;
    this.#options = options;
    this.#configuration = readConfiguration(configuration, cloud.region);
    this.#made = new MadeResources(cloud.store);
  }

  configure(configuration: PropertyMap): AwsProvider {
    return new AwsProvider(this.#cloud, this.#options, configuration);
  }

  diffConfiguration(before: PropertyMap, after: PropertyMap): Diff {
    return diffConfiguration(before, after);
  }

  async check(request: CheckRequest): Promise<Checked> {
    const type = typeOf(request);
    const { region } = this.#cloud;
    const { defaultTags } = this.#configuration;
    const { inputs, failures } = checkResource(type, request, { region, defaultTags });
    const listed = listedOf(type, request.type, request.name, request.inputs);
    for (const each of listed) this.#cloud.list(each);
    const refused = this.#options.strict === true ? listed : [];
    return {
      inputs: await withHashes(inputs, this.#directory),
      failures: [
        ...failures,
        ...refused.map(({ input = "", reason }) => ({
          property: input,
          reason: `--strict: ${reason}`,
        })),
      ],
    };
  }

  async diff(request: DiffRequest): Promise<Diff> {
    const type = typeOf(request);
    const before = await withHashes(request.inputs, this.#directory);
    const after = await withHashes(request.newInputs, this.#directory);
    return diffResource(type, before, after, request.ignoreChanges);
  }

  async create(request: CreateRequest): Promise<Created> {
    const type = typeOf(request);
    const { inputs, name } = request;
    if (request.preview) return { id: "", outputs: previewOf(inputs, type.computed) };
    return refusing(async () => {
      const id = await type.create(this.#cloud, inputs, this.#making(name));
      const outputs = await this.#outputs(type, request, id, inputs);
      this.#made.save({ type: ownToken(type), id, name, inputs, outputs });
      return { id, outputs };
    });
  }

  async read(request: ReadRequest): Promise<ReadResource | undefined> {
    const type = typeOf(request);
    const { id } = request;
    return refusing(async () => {
      const made = this.#made.find(ownToken(type), id);
      const actual = type.read ? await type.read(this.#cloud, id) : made?.outputs;
      if (actual === undefined) return undefined;
      const before = request.inputs ?? made?.inputs;
      const known = before ?? {};
      return {
        id,
        inputs: inputsOf(type.inputs, isEmpty(known) ? undefined : known, actual),
        outputs: outputsOf(type, { ...request.outputs, ...known }, actual),
      };
    });
  }

  async update(request: UpdateRequest): Promise<PropertyMap> {
    const type = typeOf(request);
    const { id, name, newInputs, inputs: before } = request;
    if (request.preview) {
      return { ...request.outputs, ...previewOf(newInputs, type.changing) };
    }
    return refusing(async () => {
      await type.update(this.#cloud, id, newInputs, { ...this.#making(name), before });
      const outputs = await this.#outputs(type, request, id, newInputs);
      this.#made.save({ type: ownToken(type), id, name, inputs: newInputs, outputs });
      return outputs;
    });
  }

  async delete(request: ResourceState): Promise<void> {
    const type = typeOf(request);
    await refusing(() => type.delete(this.#cloud, request.id, request.inputs));
    this.#made.remove(ownToken(type), request.id);
  }

  async invoke(token: string, args: PropertyMap): Promise<Invoked> {
    const lookup = lookups.get(token);
    if (lookup === undefined) {
      throw new ProviderError(
        `the local cloud does not answer the lookup ${token}: leave it out where the program runs locally`,
      );
    }
    const failures: CheckFailure[] = [];
    const checked = checkFields(lookup.args, args, (failure) => failures.push(failure));
    if (failures.length > 0) return { failures };
    const { defaultTags } = this.#configuration;
    const result = await refusing(() =>
      lookup.answer({ cloud: this.#cloud, defaultTags, made: this.#made }, checked),
    );
    // AWS's provider answers with its arguments, too.
    return { result: { ...checked, ...result } };
  }

  /** What data a resource holds, in words for the user: `queue mail, with 3 messages`; undefined for none. */
  async holds({ type, id }: Pick<ResourceState, "type" | "id">): Promise<string | undefined> {
    return typeOf({ type }).holds(this.#cloud, id);
  }

  /**
   * Makes again what a cloud forgets when it is closed: functions, roles and their like, from what was
   * noted when they were made. To be called once, on a cloud that has just been opened.
   */
  async restore(): Promise<void> {
    this.#made.removeUnusedFiles();
    for (const { type: token, id, name, inputs } of this.#made.list()) {
      const type = typeOf({ type: token });
      if (!type.transient || type.listed !== undefined) continue;
      await refusing(() =>
        type.create(this.#cloud, inputs, { ...this.#making(name), id: () => id }),
      );
    }
  }

  async #outputs(
    type: ResourceType,
    { name }: { readonly name: string },
    id: string,
    inputs: PropertyMap,
  ): Promise<PropertyMap> {
    const { region } = this.#cloud;
    const actual = type.read
      ? ((await type.read(this.#cloud, id)) ?? {})
      : type.outputs(this.#cloud, id, inputs, { name });
    return outputsOf(type, inputs, { ...(type.inputs.region && { region }), ...actual });
  }

  #making(name: string): Making {
    return {
      name,
      directory: this.#directory,
      id: (make) => make(),
      files: async ({ value }) => {
        const kept = value.hash === undefined ? undefined : this.#made.files(value.hash);
        if (kept !== undefined) return kept;
        const files = await readArchive(value, this.#directory);
        if (this.#cloud.persistent) this.#made.saveFiles(value.hash ?? hashOf(files), files);
        return files;
      },
      bytes: async ({ value }) => readAsset(value, this.#directory),
    };
  }

  get #directory(): string {
    return this.#options.directory ?? process.cwd();
  }
}

function ownToken({ tokens: [own = ""] }: ResourceType): string {
  return own;
}

/** Turns what a service throws into what the provider throws. */
async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw cause instanceof ProviderError ? cause : new ProviderError(reasonOf(cause), { cause });
  }
}

function isEmpty(properties: PropertyMap): boolean {
  return !isMap(properties) || Object.keys(properties).length === 0;
}
