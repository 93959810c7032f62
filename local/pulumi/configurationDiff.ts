import { isDeepStrictEqual } from "node:util";
import type { Diff } from "./provider.ts";
import type { PropertyMap } from "./values/propertyValue.ts";

/** A change of the configuration of a provider whose resources remain the same. */
export function updateOfConfiguration(before: PropertyMap, after: PropertyMap): Diff {
  return configurationDiff(detailedDiff(before, after));
}

type InPlace = "add" | "delete" | "update";

export function detailedDiff(
  before: PropertyMap,
  after: PropertyMap,
): Readonly<Record<string, InPlace>> {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return Object.fromEntries(
    names.flatMap((name) => {
      if (isDeepStrictEqual(before[name], after[name])) return [];
      const kind: InPlace =
        before[name] === undefined ? "add" : after[name] === undefined ? "delete" : "update";
      return [[name, kind] as const];
    }),
  );
}

export function configurationDiff(detailed: Diff["detailed"]): Diff {
  const paths = Object.keys(detailed);
  return {
    changes: paths.length > 0,
    replaces: paths.filter((path) => detailed[path]?.endsWith("-replace")),
    deleteBeforeReplace: false,
    stables: [],
    detailed,
  };
}
