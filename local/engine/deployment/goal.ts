import type { Urn } from "../../pulumi/urn.ts";
import type { Value, ValueMap } from "../../pulumi/values/value.ts";

/** What the program says a resource is to be. */
export type Goal = {
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  /** "" for the stack's own resource. */
  readonly parent: Urn;
  readonly inputs: ValueMap;
  readonly dependencies: readonly Urn[];
  /** By input: the resources whose outputs are in it. */
  readonly propertyDependencies: ReadonlyMap<string, readonly Urn[]>;
} & GoalOptions;

/** The options of a resource, which transforms may change. */
export type GoalOptions = {
  /** `URN::ID`; "" for the default provider. */
  readonly provider: string;
  /** Providers for the children of a component, by package. */
  readonly providers: Readonly<Record<string, string>>;
  /** Of the SDK that the program uses, `7.48.0`; names the default provider. */
  readonly version: string;
  readonly aliases: readonly Alias[];
  /** Inherited from the parent when `undefined`. */
  readonly protect: boolean | undefined;
  /** Inherited from the parent when `undefined`. */
  readonly retainOnDelete: boolean | undefined;
  /** The provider decides when `undefined`. */
  readonly deleteBeforeReplace: boolean | undefined;
  readonly ignoreChanges: readonly string[];
  readonly replaceOnChanges: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  readonly importId: string;
  readonly deletedWith: Urn;
  readonly replaceWith: readonly Urn[];
  readonly replacementTrigger: Value | undefined;
  /** Names of hooks by when they run: `beforeCreate`. */
  readonly hooks: Readonly<Record<string, readonly string[]>>;
};

/** Of a resource for which the program sets none. */
export const noOptions: GoalOptions = {
  provider: "",
  providers: {},
  version: "",
  aliases: [],
  protect: undefined,
  retainOnDelete: undefined,
  deleteBeforeReplace: undefined,
  ignoreChanges: [],
  replaceOnChanges: [],
  additionalSecretOutputs: [],
  importId: "",
  deletedWith: "",
  replaceWith: [],
  replacementTrigger: undefined,
  hooks: {},
};

/** A URN that a resource had, or in what it differed from now. */
export type Alias =
  | { readonly urn: Urn }
  | {
      /** "" as it is now. */
      readonly name: string;
      readonly type: string;
      readonly stack: string;
      readonly project: string;
      /** "" as it is now. */
      readonly parent: Urn;
      /** Whether it had no parent but the stack. */
      readonly noParent: boolean;
    };
