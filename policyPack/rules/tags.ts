import type { ResourceRule } from "../rule.ts";
import * as type from "../types.ts";

/** What tells whose a resource is and what it costs. `aws:defaultTags` of a stack puts them on everything. */
const required = ["project", "stack"];

/** What can have tags, of all that the systems use. */
const taggable = [
  type.alarm,
  type.api,
  type.apiStage,
  type.bucket,
  type.bucketObject,
  type.deliveryStream,
  type.distribution,
  type.key,
  type.lambdaFunction,
  type.logGroup,
  type.managedPolicy,
  type.mapping,
  type.queue,
  type.role,
  type.table,
  type.topic,
];

export const everythingIsTagged: ResourceRule = {
  name: "everything-is-tagged",
  description: `Resources have the tags ${required.join(" and ")}.`,
  scope: "resource",
  types: taggable,
  // The provider puts a resource's own tags and the stack's together as tagsAll.
  problems: ({ tags, tagsAll }) => {
    const missing = required.filter((name) => !has(tags, name) && !has(tagsAll, name));
    return missing.length === 0
      ? []
      : [`has no tag ${missing.join(", ")}; set aws:defaultTags in the stack's settings`];
  },
};

function has(tags: unknown, name: string): boolean {
  return typeof tags === "object" && tags !== null && name in tags;
}
