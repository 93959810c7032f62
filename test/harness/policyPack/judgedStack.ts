import type { Properties, Resource, Rule } from "../../../policyPack/rule.ts";
import type { Registration } from "../programs/registration.ts";
import { stackSettings } from "../programs/stackConfig.ts";

/** What a rule finds in a stack: "rule: resource problem". */
export function violations(rules: readonly Rule[], resources: readonly Resource[]): string[] {
  return rules.flatMap((rule) =>
    resources
      .filter(({ type }) => rule.types.includes(type))
      .flatMap((resource) =>
        problemsOf(rule, resource, resources).map(
          (problem) => `${rule.name}: ${resource.name} ${problem}`,
        ),
      ),
  );
}

function problemsOf(rule: Rule, resource: Resource, all: readonly Resource[]): string[] {
  return rule.scope === "resource"
    ? rule.problems(resource.props, resource.type)
    : rule.problems(resource, all);
}

/**
 * A program's resources as the policy pack gets them, with the tags that the AWS provider adds to each
 * before it is judged.
 */
export function judged(
  registrations: readonly Registration[],
  defaultTags: Readonly<Record<string, unknown>> = {},
): Resource[] {
  const resources = new Map<string, { dependencies: Resource[] } & Resource>();
  for (const { urn, type, name, inputs, dependencies } of registrations) {
    const known = dependencies
      .map((each) => resources.get(each))
      .filter((each) => each !== undefined);
    const props = { ...inputs, tagsAll: { ...defaultTags, ...tagsOf(inputs) } };
    resources.set(urn, { type, name, props, dependencies: known });
  }
  return [...resources.values()];
}

/** The tags that a stack's settings give to everything. */
export async function defaultTags(stack: string): Promise<Record<string, unknown>> {
  const { tags = {} } = JSON.parse((await stackSettings(stack))["aws:defaultTags"] ?? "{}");
  return tags;
}

function tagsOf({ tags }: Properties): object {
  return typeof tags === "object" && tags !== null ? tags : {};
}
