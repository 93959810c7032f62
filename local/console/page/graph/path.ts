import type { Hop } from "../../../trace/hop.ts";

/** What of the graph an event came through. */
export type Path = {
  /** `from to` of its steps. */
  readonly edges: ReadonlySet<string>;
  /** ARNs and addresses, each with whether it went wrong there last. */
  readonly nodes: ReadonlyMap<string, "good" | "bad">;
};

export const noPath: Path = { edges: new Set(), nodes: new Map() };

const bad: readonly Hop["kind"][] = ["failed", "denied", "refused", "dropped", "deadLettered"];

/** Steps that lead nowhere: the message was kept back. */
const kept: readonly Hop["kind"][] = ["filtered", "deduplicated"];

export function pathOf(hops: readonly Hop[]): Path {
  const edges = new Set<string>();
  const nodes = new Map<string, "good" | "bad">();
  for (const { kind, from, to } of hops) {
    if (kept.includes(kind)) continue;
    edges.add(`${from} ${to}`);
    if (!nodes.has(from)) nodes.set(from, "good");
    nodes.set(to, bad.includes(kind) ? "bad" : "good");
  }
  return { edges, nodes };
}
