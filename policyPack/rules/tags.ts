import type { ResourceRule } from "../rule.ts";
import * as type from "../types.ts";

/** The types that systems use and that support tags. */
const taggable = [
  type.alarm,
  type.api,
  type.apiStage,
  type.bucket,
  type.bucketObject,
  type.deliveryStream,
  type.distribution,
  type.eventBus,
  type.eventRule,
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

/** Tags identify the owner of a resource and its costs; `aws:defaultTags` of a stack sets them on every one. */
export function taggedWith(required: readonly string[]): ResourceRule {
  return {
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
}

/** The tags that this repository's stacks have. */
export const everythingIsTagged = taggedWith(["project", "stack"]);

function has(tags: unknown, name: string): boolean {
  return typeof tags === "object" && tags !== null && name in tags;
}
