import type { Policies, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import type { ResourceRule, StackRule } from "./rule.ts";
import { rules } from "./rules/index.ts";
import { everythingIsTagged, taggedWith } from "./rules/tags.ts";

/**
 * The rules as policies of a pack: of resources as the program registers them, and of the whole stack.
 *
 * @example
 * new PolicyPack("company", {
 *   policies: fanoutPolicies({ requiredTags: ["team"] }),
 *   enforcementLevel: "mandatory",
 * });
 */
export function fanoutPolicies({ requiredTags = [] }: FanoutPoliciesArgs = {}): Policies {
  const others = rules.filter((rule) => rule !== everythingIsTagged);
  return [...others, ...(requiredTags.length > 0 ? [taggedWith(requiredTags)] : [])].map((rule) =>
    rule.scope === "resource" ? resourcePolicy(rule) : stackPolicy(rule),
  );
}

export interface FanoutPoliciesArgs {
  /** Tags that every resource must have, its own or the provider's default tags. @default none */
  requiredTags?: readonly string[];
}

function resourcePolicy(rule: ResourceRule): ResourceValidationPolicy {
  return {
    ...described(rule),
    validateResource: ({ type, props }, report) => {
      if (!rule.types.includes(type)) return;
      for (const problem of rule.problems(props, type)) report(problem);
    },
  };
}

/** In a preview, an unknown property fails the policy only after all other problems are reported. */
function stackPolicy(rule: StackRule): StackValidationPolicy {
  return {
    ...described(rule),
    validateStack: ({ resources }, report) => {
      const failures: unknown[] = [];
      for (const resource of resources.filter(({ type }) => rule.types.includes(type))) {
        try {
          for (const problem of rule.problems(resource, resources)) report(problem, resource.urn);
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}

function described({ name, description, level }: ResourceRule | StackRule) {
  return { name, description, ...(level && { enforcementLevel: level }) };
}
