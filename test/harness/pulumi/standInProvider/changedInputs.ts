import type { State } from "../../programs/mockedResource.ts";

/** Marks of archives and assets among values, and what the engine adds to them: the hash of what is in them. */
const signature = "4dabf18193072939515e22adb298388d";

/** Names of the inputs that differ. Archives are equal if their hashes are, wherever their files lie. */
export function changedInputs(olds: State, news: State): string[] {
  const names = new Set([...Object.keys(olds), ...Object.keys(news)]);
  return [...names].filter((name) => canonical(olds[name]) !== canonical(news[name])).sort();
}

function canonical(value: unknown): string | undefined {
  return JSON.stringify(value, (_, each: unknown) => {
    if (typeof each !== "object" || each === null || Array.isArray(each)) return each;
    if (signature in each && "hash" in each && each.hash !== "") return { hash: each.hash };
    return Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}
