import type { Changes } from "../engine/deployment/steps.ts";
import { parseUrn, stackType } from "../pulumi/urn.ts";

const words = {
  create: "created",
  update: "updated",
  "create-replacement": "replaced",
  delete: "deleted",
  import: "imported",
} as const satisfies Partial<Record<keyof Changes, string>>;

/** What a run of a program changed, in one line: `2 created, 1 updated, 10 unchanged`. */
export function changeLine(changes: Changes): string {
  const parts = Object.entries(words).flatMap(([operation, word]) => {
    const number = countOf(changes, operation);
    return number === 0 ? [] : [`${number} ${word}`];
  });
  const same = countOf(changes, "same");
  if (parts.length === 0)
    return same === 0
      ? "no resources"
      : `nothing changed (${same} resource${same === 1 ? "" : "s"})`;
  return [...parts, ...(same === 0 ? [] : [`${same} unchanged`])].join(", ");
}

/** Without the stack's own entry and default providers, which a program does not write. */
function countOf(changes: Changes, operation: string): number {
  const urns = Object.entries(changes).find(([name]) => name === operation)?.[1] ?? [];
  return urns.filter((urn) => {
    const { type } = parseUrn(urn);
    return type !== stackType && !type.startsWith("pulumi:providers:");
  }).length;
}
