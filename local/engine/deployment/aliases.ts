import { makeUrn, parseUrn, stackType, type Urn } from "../../pulumi/urn.ts";
import type { Alias } from "./goal.ts";

export type StackId = { readonly stack: string; readonly project: string };

type Aliased = {
  readonly type: string;
  readonly name: string;
  readonly parent: Urn;
  readonly aliases: readonly Alias[];
};

/**
 * The URNs under which the last run may have known a resource: those of its own aliases, and for each
 * those that it had while its parent had its old URN.
 *
 * https://www.pulumi.com/docs/iac/concepts/resources/options/aliases/
 *
 * @param oldUrns by URN of this run: the URN of the last run, where it differs
 */
export function aliasUrns(
  stack: StackId,
  resource: Aliased,
  oldUrns: ReadonlyMap<Urn, Urn>,
): readonly Urn[] {
  const own = resource.aliases.map((alias) => collapse(stack, resource, alias, oldUrns));
  const oldParent = oldUrns.get(resource.parent);
  if (oldParent === undefined) return [...new Set(own)];
  const parentName = parseUrn(resource.parent).name;
  const inherited = [
    inherit(stack, resource, parentName, oldParent),
    ...own.map((urn) => inherit(stack, parseUrn(urn), parentName, oldParent)),
  ];
  return [...new Set([...own, ...inherited])];
}

function collapse(
  stack: StackId,
  { type, name, parent }: Aliased,
  alias: Alias,
  oldUrns: ReadonlyMap<Urn, Urn>,
): Urn {
  if ("urn" in alias) return alias.urn;
  const oldParent = alias.parent === "" ? parent : (oldUrns.get(alias.parent) ?? alias.parent);
  const isTop =
    alias.noParent || oldParent === "" || parseUrn(oldParent).qualifiedType === stackType;
  return makeUrn(
    { stack: alias.stack || stack.stack, project: alias.project || stack.project },
    isTop ? "" : oldParent,
    alias.type || type,
    alias.name || name,
  );
}

/** A child that is named after its parent had the parent's old name in its own. */
function inherit(
  stack: StackId,
  { type, name }: Pick<Aliased, "type" | "name">,
  parentName: string,
  oldParent: Urn,
): Urn {
  const oldName = name.startsWith(parentName)
    ? parseUrn(oldParent).name + name.slice(parentName.length)
    : name;
  return makeUrn(stack, oldParent, type, oldName);
}
