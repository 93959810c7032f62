import type { Urn } from "../../pulumi/urn.ts";
import type { ValueMap } from "../../pulumi/values/value.ts";

/** A resource as the last run left it. */
export type ResourceState = {
  /** Tells states apart: during a replacement, two have the same URN. */
  readonly key: string;
  readonly urn: Urn;
  readonly type: string;
  readonly name: string;
  /** Whether a provider made it; a component is only a name for its children. */
  readonly custom: boolean;
  /** Whether it was only read (`Resource.get`), and is never deleted. */
  readonly external: boolean;
  /** Of a custom resource; "" for a component, and for what a preview would create. */
  readonly id: string;
  /** After the provider's check. */
  readonly inputs: ValueMap;
  readonly outputs: ValueMap;
  /** "" for the stack's own resource and for default providers. */
  readonly parent: Urn;
  readonly dependencies: readonly Urn[];
  readonly propertyDependencies: Readonly<Record<string, readonly Urn[]>>;
  /** `URN::ID` of its provider; "" for components and providers. */
  readonly provider: string;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly deletedWith: Urn;
  readonly replaceWith: readonly Urn[];
  readonly ignoreChanges: readonly string[];
  readonly replaceOnChanges: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  /** What the program names in `import`; "" otherwise. */
  readonly importId: string;
  /** JSON of the option `replacementTrigger`; "" without. */
  readonly replacementTrigger: string;
  readonly hooks: Readonly<Record<string, readonly string[]>>;
  /** Whether it was replaced, and is still to be deleted. */
  readonly pendingDelete: boolean;
  /** Whether it was deleted to be replaced, and the new one has not come yet. */
  readonly pendingReplacement: boolean;
};
