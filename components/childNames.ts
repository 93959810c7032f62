import * as pulumi from "@pulumi/pulumi";
import { PerStack } from "./perStack.ts";

/**
 * Names of resources in Pulumi. A URN contains the types of a resource's parents and not their names, so that
 * the resources of two components collide if their own names do. The names of a component and of its child
 * are therefore joined so that no other two names give the same result.
 */

/**
 * The name of a component's child: `orders-billing`. Dashes in the child's name are doubled: `eu-billing` of
 * `orders` is `orders-eu--billing`, and `billing` of `orders-eu` is `orders-eu-billing`.
 */
export function childName(owner: string, child: string): string {
  return `${owner}${/[-_]$/.test(owner) ? "_" : ""}-${child.replaceAll("-", "--")}`;
}

/** The length of the suffix that Pulumi adds to names in AWS: `-` and seven digits. */
export const autoNameSuffixLength = 8;

/** A child's name, and the aliases that let a stack keep the resources with its former name. */
export type NamedChild = { readonly name: string; readonly aliases: pulumi.Alias[] };

/** @param name the child's name, unless it is `childName` */
export function namedChild(
  owner: string,
  child: string,
  name = childName(owner, child),
): NamedChild {
  const taken = takenNames.get();
  taken.add(name);
  const former = `${owner}-${child}`;
  return { name, aliases: former === name ? [] : [{ name: unlessTaken(former, name, taken) }] };
}

/**
 * The former name, unless another resource of the program has it: resources of two components had the same
 * one. Those count that the program creates before it waits for anything.
 */
function unlessTaken(
  former: string,
  name: string,
  taken: ReadonlySet<string>,
): pulumi.Output<string> {
  const later = new Promise<string>((resolve) => {
    setImmediate(() => resolve(taken.has(former) ? name : former));
  });
  return pulumi.output(later);
}

/** An alias with a former name of several resources, for the first that asks for it. */
export function unclaimedAliases(former: string): pulumi.Alias[] {
  const taken = takenNames.get();
  if (taken.has(former)) return [];
  taken.add(former);
  return [{ name: former }];
}

/** The names of the program's children. */
const takenNames = new PerStack<Set<string>>(() => new Set());
