import { inputOf, isWithin } from "../pulumi/inputPath.ts";
import type { Diff } from "../pulumi/provider.ts";
import { isList, type PropertyMap } from "../pulumi/values/propertyValue.ts";
import type { ResourceType } from "./declaration/resourceType.ts";
import { changesOf } from "./diff.ts";

const tagsAllField = {
  form: { kind: "map", element: { form: { kind: "text" } } },
} as const;

/**
 * What an engine has to do so that a resource is as the program says now.
 *
 * @param before the inputs of the last deployment
 * @param ignoreChanges paths of inputs whose changes do not count
 */
export function diffResource(
  type: ResourceType,
  before: PropertyMap,
  after: PropertyMap,
  ignoreChanges: readonly string[],
): Diff {
  const changes = changesOf(type.inputs, before, after).filter(
    ({ path }) => !ignoreChanges.some((ignored) => isWithin(path, ignored)),
  );
  const tags = changesOf({ tagsAll: tagsAllField }, before, after);
  const replaces = [...new Set(changes.filter(isReplacing).map(({ path }) => inputOf(path)))];
  return {
    changes: changes.length + tags.length > 0,
    replaces,
    deleteBeforeReplace: replaces.length > 0 && goesFirst(type, after),
    stables: stablesOf(type, replaces),
    detailed: Object.fromEntries([...changes, ...tags].map(({ path, kind }) => [path, kind])),
  };
}

function isReplacing({ kind }: { readonly kind: string }): boolean {
  return kind.endsWith("-replace");
}

/** A resource whose name the program gives cannot be there twice. */
function goesFirst(type: ResourceType, inputs: PropertyMap): boolean {
  if (type.deleteBeforeReplace) return true;
  if (type.name === undefined || inputs[type.name.input] === undefined) return false;
  const { __defaults: added } = inputs;
  return isList(added) && !added.includes(type.name.input);
}

function stablesOf(type: ResourceType, replaces: readonly string[]): string[] {
  const kept = Object.entries(type.inputs).filter(
    ([name, field]) => field.replaces === true && !replaces.includes(name),
  );
  const stable = type.computed.filter((name) => !type.changing.includes(name));
  return [...kept.map(([name]) => name), ...(replaces.length === 0 ? stable : [])].sort();
}
