/**
 * The name of a resource in a stack:
 * `urn:pulumi:dev::shop::fanout:index:FanoutTopic$aws:sqs/queue:Queue::orders-mail`, which holds the stack,
 * the project, the types of the parents and of the resource itself, and its name.
 *
 * https://www.pulumi.com/docs/iac/concepts/resources/names/#urns
 */
export type Urn = string;

export const stackType = "pulumi:pulumi:Stack";

export type UrnParts = {
  readonly stack: string;
  readonly project: string;
  /** Types from the outermost parent to the resource, with `$` between them. */
  readonly qualifiedType: string;
  readonly type: string;
  readonly name: string;
};

/** @throws Error for a text that is not a URN */
export function parseUrn(urn: Urn): UrnParts {
  const [scheme, project, qualifiedType, ...name] = urn.split("::");
  const stack = scheme?.startsWith("urn:pulumi:") ? scheme.slice("urn:pulumi:".length) : undefined;
  if (stack === undefined || project === undefined || qualifiedType === undefined) {
    throw new Error(`"${urn}" is not a URN (urn:pulumi:STACK::PROJECT::TYPE::NAME)`);
  }
  const type = qualifiedType.slice(qualifiedType.lastIndexOf("$") + 1);
  return { stack, project, qualifiedType, type, name: name.join("::") };
}

/** @param parent "" for a resource without one; the stack's resource counts as none */
export function makeUrn(
  { stack, project }: { readonly stack: string; readonly project: string },
  parent: Urn,
  type: string,
  name: string,
): Urn {
  const parentType = parent === "" ? "" : parseUrn(parent).qualifiedType;
  const prefix = parentType === "" || parentType === stackType ? "" : `${parentType}$`;
  return `urn:pulumi:${stack}::${project}::${prefix}${type}::${name}`;
}

/** `aws` of `aws:sqs/queue:Queue`. */
export function packageOf(token: string): string {
  return token.slice(0, token.indexOf(":"));
}

const providerPrefix = "pulumi:providers:";

export function isProviderType(type: string): boolean {
  return type.startsWith(providerPrefix);
}

/** `aws` of `pulumi:providers:aws`. */
export function providerPackage(type: string): string {
  return type.slice(providerPrefix.length);
}

export function providerTypeOf(packageName: string): string {
  return `${providerPrefix}${packageName}`;
}

/** Whether the engine made this provider, from the stack's configuration. */
export function isDefaultProvider(urn: Urn): boolean {
  const { type, name } = parseUrn(urn);
  return isProviderType(type) && name.startsWith("default");
}
