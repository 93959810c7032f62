/** A resource of a stack, as registered by the program or as created. */
export type Resource = {
  /** Pulumi's type token: `aws:sqs/queue:Queue`. */
  readonly type: string;
  readonly name: string;
  readonly props: Properties;
  /** Dependencies, by properties or by `dependsOn`. */
  readonly dependencies: readonly Resource[];
};

/** In a preview, reading a property that is not yet known throws. */
export type Properties = Readonly<Record<string, unknown>>;

/** A policy. A problem is a sentence that says what is wrong and what to do. */
export type Rule = ResourceRule | StackRule;

interface Named {
  /** The name in policy configurations and violations. */
  readonly name: string;
  readonly description: string;
  /** "disabled" unless the stack's policy configuration enables it. @default "mandatory" */
  readonly level?: "disabled";
  /** Type tokens of the resources that it applies to. */
  readonly types: readonly string[];
}

/** Checks one resource before it is created. */
export interface ResourceRule extends Named {
  readonly scope: "resource";
  readonly problems: (props: Properties, type: string) => string[];
}

/** Checks a resource in the context of the stack, at the end of a preview or update. */
export interface StackRule extends Named {
  readonly scope: "stack";
  readonly problems: (resource: Resource, all: readonly Resource[]) => string[];
}
