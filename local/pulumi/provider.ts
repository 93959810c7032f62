import type { PropertyMap } from "./values/propertyValue.ts";

/**
 * A Pulumi resource provider, as both engines call it: the embedded one in-process, the real one over
 * gRPC. The steps and their meaning are those of Pulumi's provider protocol
 * (pulumirpc.ResourceProvider).
 */
export interface Provider {
  /**
   * Takes the configuration of one provider resource: `region`, `defaultTags`, `allowedAccountIds`.
   *
   * @returns a provider that serves with this configuration
   */
  configure(configuration: PropertyMap): Provider;

  /** Compares two configurations of a provider resource: whether its resources need another one of them. */
  diffConfiguration(before: PropertyMap, after: PropertyMap): Diff;

  /** Validates inputs, and adds what the provider decides: defaults, automatic names, `tagsAll`. */
  check(request: CheckRequest): Promise<Checked>;

  /** Compares what a resource was created from with what the program says now. */
  diff(request: DiffRequest): Promise<Diff>;

  /** @throws ProviderError when AWS would refuse */
  create(request: CreateRequest): Promise<Created>;

  /** Reads a resource as it is now: for `Resource.get`, import and refresh. `undefined` when there is none. */
  read(request: ReadRequest): Promise<ReadResource | undefined>;

  /** @returns the outputs after the update */
  update(request: UpdateRequest): Promise<PropertyMap>;

  delete(request: ResourceState): Promise<void>;

  /** A lookup, such as `aws:index/getCallerIdentity:getCallerIdentity`. */
  invoke(token: string, args: PropertyMap): Promise<Invoked>;
}

/** A resource, named by the program and typed by its token. */
export type ResourceName = {
  /** `aws:sqs/queue:Queue` */
  readonly type: string;
  /** The logical name. */
  readonly name: string;
  readonly urn: string;
};

export type ResourceState = ResourceName & {
  readonly id: string;
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
};

/** What is wrong with an input; `property` is its path, such as `environment.variables`. */
export type CheckFailure = { readonly property: string; readonly reason: string };

export type CheckRequest = ResourceName & {
  readonly inputs: PropertyMap;
  /** Of the resource as it was last deployed; what was decided then is kept. */
  readonly oldInputs?: PropertyMap | undefined;
  /** Bytes that automatic names are derived from; the same bytes give the same name. */
  readonly randomSeed?: Uint8Array | undefined;
  /** The engine's proposal for a name (`pulumi:autonaming`). */
  readonly autonaming?:
    | { readonly mode: "propose" | "enforce"; readonly proposedName: string }
    | { readonly mode: "disable" }
    | undefined;
};

export type Checked = {
  readonly inputs: PropertyMap;
  readonly failures: readonly CheckFailure[];
};

export type DiffRequest = ResourceState & {
  readonly newInputs: PropertyMap;
  readonly ignoreChanges: readonly string[];
};

export type PropertyDiffKind =
  | "add"
  | "delete"
  | "update"
  | "add-replace"
  | "delete-replace"
  | "update-replace";

export type Diff = {
  readonly changes: boolean;
  /** Paths of the properties that make a replacement necessary; none for an update in place. */
  readonly replaces: readonly string[];
  /** Whether the old resource must go before the new one comes, because they would share a name. */
  readonly deleteBeforeReplace: boolean;
  /** Outputs that an update does not change. */
  readonly stables: readonly string[];
  /** By property path. */
  readonly detailed: Readonly<Record<string, PropertyDiffKind>>;
};

export type CreateRequest = ResourceName & {
  readonly inputs: PropertyMap;
  /** Only computes the outputs that are known before the deployment. */
  readonly preview: boolean;
};

/** In a preview `id` is the empty text, and what is not known yet is `unknown`. */
export type Created = { readonly id: string; readonly outputs: PropertyMap };

export type ReadRequest = ResourceName & {
  readonly id: string;
  readonly inputs?: PropertyMap | undefined;
  readonly outputs?: PropertyMap | undefined;
};

export type ReadResource = {
  readonly id: string;
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
};

export type UpdateRequest = ResourceState & {
  readonly newInputs: PropertyMap;
  readonly ignoreChanges: readonly string[];
  readonly preview: boolean;
};

export type Invoked =
  | { readonly result: PropertyMap }
  | { readonly failures: readonly CheckFailure[] };

/** An error that AWS or its provider would return; the message is for the user. */
export class ProviderError extends Error {
  override name = "ProviderError";
}
