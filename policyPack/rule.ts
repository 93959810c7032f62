/** A resource of a stack, as a program asks for it, or as it was made. */
export type Resource = {
  /** Pulumi's type: `aws:sqs/queue:Queue`. */
  readonly type: string;
  readonly name: string;
  readonly props: Properties;
  /** What it waits for, by its properties or by `dependsOn`. */
  readonly dependencies: readonly Resource[];
};

/** Reading one that is not known yet, in a preview, throws. */
export type Properties = Readonly<Record<string, unknown>>;

/** What a stack keeps to. A problem is a sentence that says what is wrong and what to do. */
export type Rule = ResourceRule | StackRule;

interface Named {
  /** As it is named in policy configurations and in violations. */
  readonly name: string;
  readonly description: string;
  /** "disabled" until a stack's policy configuration asks for it. @default "mandatory" */
  readonly level?: "disabled";
  /** Pulumi's types of the resources that it is about. */
  readonly types: readonly string[];
}

/** Looks at one resource before it is made, so that a wrong one never is. */
export interface ResourceRule extends Named {
  readonly scope: "resource";
  readonly problems: (props: Properties, type: string) => string[];
}

/** Looks at a resource among all of the stack, at the end of a preview and of an update. */
export interface StackRule extends Named {
  readonly scope: "stack";
  readonly problems: (resource: Resource, all: readonly Resource[]) => string[];
}
