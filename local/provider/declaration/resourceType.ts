import type { Cloud } from "../../cloud.ts";
import type { CheckFailure } from "../../pulumi/provider.ts";
import type { AssetValue, PropertyMap } from "../../pulumi/values/propertyValue.ts";
import type { CodeFiles } from "../../services/lambda/code.ts";
import type { AutomaticName } from "./automaticName.ts";
import type { Fields, Values } from "./field.ts";

/** One of AWS's resource types, as the local cloud has it. */
export type ResourceType = {
  /** Pulumi's tokens: `aws:sqs/queue:Queue`. The first is the type's own, the others are older names. */
  readonly tokens: readonly string[];
  readonly inputs: Fields;
  readonly name?: AutomaticName | undefined;
  /** Names of the outputs that are not inputs, all unknown until the resource is made. */
  readonly computed: readonly string[];
  /** Those of them that an update may change. */
  readonly changing: readonly string[];
  /** Why the whole type is only listed: accepted, and without effect in the local cloud. */
  readonly listed?: string | undefined;
  /** The old resource goes before the new one comes, whatever they are called. @default false */
  readonly deleteBeforeReplace: boolean;
  /** Whether the cloud forgets it when it is closed, so that it is made again on the same data. */
  readonly transient: boolean;
  /**
   * What AWS would reject of inputs together, or of the change from those before; undefined for nothing. Called when
   * each input is valid by itself.
   */
  reject(inputs: PropertyMap, before: PropertyMap | undefined): CheckFailure | undefined;
  /** @returns the new resource's id */
  create(cloud: Cloud, inputs: PropertyMap, making: Making): Promise<string>;
  update(cloud: Cloud, id: string, inputs: PropertyMap, making: Updating): Promise<void>;
  delete(cloud: Cloud, id: string, inputs: PropertyMap): Promise<void>;
  /** The outputs as they are now; undefined when there is no such resource. */
  readonly read: ((cloud: Cloud, id: string) => Promise<PropertyMap | undefined>) | undefined;
  /** For a type whose state the cloud does not keep: the outputs besides the inputs. */
  outputs(cloud: Cloud, id: string, inputs: PropertyMap, making: { name: string }): PropertyMap;
  /** What data a resource holds, in words for the user; undefined for none. */
  holds(cloud: Cloud, id: string): Promise<string | undefined>;
};

/** What the making of a resource needs besides its inputs. */
export type Making = {
  /** The logical name. */
  readonly name: string;
  /** The program's folder, which relative paths start from. */
  readonly directory: string;
  /** The id it had when it is made again; one that `make` gives when it is new. */
  id(make: () => string): string;
  /** The contents of an archive, by path. */
  files(archive: AssetValue): Promise<CodeFiles>;
  /** The contents of an asset. */
  bytes(asset: AssetValue): Promise<Buffer>;
};

type Updating = Making & { readonly before: PropertyMap };

type Awaitable<T> = T | Promise<T>;

type Declaration<F extends Fields> = {
  readonly type: string | readonly string[];
  readonly inputs: F;
  readonly name?: AutomaticName;
  readonly computed?: readonly string[];
  readonly changing?: readonly string[];
  readonly listed?: string;
  readonly deleteBeforeReplace?: boolean;
  readonly transient?: boolean;
  readonly reject?: (inputs: Values<F>, before: Values<F> | undefined) => CheckFailure | undefined;
  readonly create: (cloud: Cloud, inputs: Values<F>, making: Making) => Awaitable<string>;
  /** Needed unless every input replaces. */
  readonly update?: (
    cloud: Cloud,
    id: string,
    inputs: Values<F>,
    updating: Omit<Updating, "before"> & { readonly before: Values<F> },
  ) => Awaitable<void>;
  readonly delete: (cloud: Cloud, id: string, inputs: Values<F>) => Awaitable<void>;
  readonly read?: (cloud: Cloud, id: string) => Awaitable<PropertyMap | undefined>;
  readonly outputs?: (
    cloud: Cloud,
    id: string,
    inputs: Values<F>,
    making: { readonly name: string },
  ) => PropertyMap;
  readonly holds?: (cloud: Cloud, id: string) => Awaitable<string | undefined>;
};

/** Declares a type of which some inputs have their effect in the local cloud, and others on AWS only. */
export function resourceType<const F extends Fields>(declaration: Declaration<F>): ResourceType {
  const { type, inputs: fields, computed = [], deleteBeforeReplace = false } = declaration;
  const values = (inputs: PropertyMap) => valuesOf(fields, inputs);
  const { update, outputs, read, holds, reject } = declaration;
  return {
    tokens: typeof type === "string" ? [type] : type,
    inputs: fields,
    name: declaration.name,
    computed,
    changing: declaration.changing ?? [],
    listed: declaration.listed,
    deleteBeforeReplace,
    transient: declaration.transient ?? false,
    reject: (inputs, before) => reject?.(values(inputs), before && values(before)),
    create: async (cloud, inputs, making) => declaration.create(cloud, values(inputs), making),
    update: async (cloud, id, inputs, updating) =>
      update?.(cloud, id, values(inputs), { ...updating, before: values(updating.before) }),
    delete: async (cloud, id, inputs) => declaration.delete(cloud, id, values(inputs)),
    read: read && (async (cloud, id) => read(cloud, id)),
    outputs: (cloud, id, inputs, making) => outputs?.(cloud, id, values(inputs), making) ?? {},
    holds: async (cloud, id) => holds?.(cloud, id),
  };
}

/** A type that is accepted, and has its effect on AWS only. */
export function listedType(
  declaration: Pick<Declaration<Fields>, "type" | "inputs" | "name" | "computed" | "outputs"> & {
    /** Why it has no effect here. */
    readonly listed: string;
    /** @default the automatic name, or else the logical name */
    readonly id?: (inputs: PropertyMap, making: Making, cloud: Cloud) => string;
  },
): ResourceType {
  const { id, name } = declaration;
  return {
    ...resourceType({
      ...declaration,
      transient: true,
      create: () => "",
      delete: () => {},
    }),
    create: async (cloud, inputs, making) => {
      const named = name === undefined ? undefined : inputs[name.input];
      return making.id(
        () => id?.(inputs, making, cloud) ?? (typeof named === "string" ? named : making.name),
      );
    },
  };
}

/**
 * Inputs with the types that the declaration gives them. They have passed `check`, which holds every value
 * to its field's form; TypeScript cannot see that.
 */
function valuesOf<F extends Fields>(_fields: F, inputs: PropertyMap): Values<F> {
  return inputs as Values<F>;
}
