import type { ResourceRule } from "../rule.ts";
import * as type from "../types.ts";

/** Identify the owner of a resource and its costs. `aws:defaultTags` of a stack sets them on every resource. */
const required = ["project", "stack"];

/** The types that systems use and that support tags. */
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
  // tagsAll has the tags of the resource and the default tags of the provider.
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
