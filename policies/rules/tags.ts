import type { ResourceRule } from "../rule.ts";
import {
  bucket,
  key,
  lambdaFunction,
  logGroup,
  managedPolicy,
  mapping,
  queue,
  role,
  table,
  topic,
} from "../types.ts";

/** What tells whose a resource is and what it costs. `aws:defaultTags` of a stack puts them on everything. */
const required = ["project", "stack"];

export const everythingIsTagged: ResourceRule = {
  name: "everything-is-tagged",
  description: `Resources have the tags ${required.join(" and ")}.`,
  scope: "resource",
  types: [bucket, key, lambdaFunction, logGroup, managedPolicy, mapping, queue, role, table, topic],
  problems: ({ tags }) => {
    const missing = required.filter((name) => !has(tags, name));
    return missing.length === 0
      ? []
      : [`has no tag ${missing.join(", ")}; set aws:defaultTags in the stack's settings`];
  },
};

function has(tags: unknown, name: string): boolean {
  return typeof tags === "object" && tags !== null && name in tags;
}
