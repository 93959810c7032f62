import { validateFilterPolicy } from "../../aws/filterPolicy/validateFilterPolicy.ts";
import type { ConsumerFacts } from "./facts.ts";
import type { Rule } from "./rule.ts";

const constraints =
  "https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html";

/** Rules about filter policies. */
export const filterRules: readonly Rule<ConsumerFacts>[] = [
  {
    about: "filter",
    rule: "5 keys, 150 combinations, 256 KB; values in lists; nested keys only with filterScope MessageBody; SNS's operators",
    severity: "error",
    source: constraints,
    check: ({ spec }) =>
      spec.filter === undefined
        ? undefined
        : validateFilterPolicy(spec.filter, spec.filterScope ?? "MessageAttributes").map(
            (problem) => `filter: ${problem}`,
          ),
  },
  {
    about: "filterScope",
    rule: "only with a filter",
    severity: "error",
    source: "https://docs.aws.amazon.com/sns/latest/api/API_SetSubscriptionAttributes.html",
    check: ({ spec }) =>
      spec.filterScope !== undefined && spec.filter === undefined
        ? "filterScope has no effect without a filter; add one, or remove it"
        : undefined,
  },
  {
    about: "filter",
    rule: "on a topic with sources, a filter on attributes matches no event of S3: they have none",
    severity: "error",
    source:
      "https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html",
    check: ({ topic, spec }) => {
      const byAttributes = spec.filter !== undefined && spec.filterScope !== "MessageBody";
      const onlyBuckets = (topic.args.sources?.length ?? 0) > 0 && !topic.args.publishers?.length;
      return byAttributes && onlyBuckets && !matchesWithoutAttributes(spec.filter)
        ? 'filter applies to attributes, which events of S3 do not have; use filterScope "MessageBody" with { "Records": { ... } }'
        : undefined;
    },
  },
];

/** Only `{ exists: false }` matches a message without the attribute. */
function matchesWithoutAttributes(filter: object | undefined): boolean {
  return Object.values(filter ?? {}).every(
    (values) =>
      Array.isArray(values) &&
      values.some((value: unknown) => JSON.stringify(value) === '{"exists":false}'),
  );
}
