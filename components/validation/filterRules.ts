import { validateFilterPolicy } from "../../aws/filterPolicy/validateFilterPolicy.ts";
import { didYouMean } from "../../aws/nearest.ts";
import { s3EventFields, unknownS3Fields, unmatchedS3Values } from "../../aws/s3EventFilter.ts";
import type { ConsumerSpec } from "../consumers/consumer.ts";
import { defaultEvents, notifyingSources } from "../sources/source.ts";
import type { ConsumerFacts, TopicFacts } from "./facts.ts";
import { show } from "./problem.ts";
import type { Rule } from "./rule.ts";

const constraints =
  "https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html";
const eventMessages =
  "https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html";

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
    about: "filter",
    rule: "on attributes, quotes and backslashes not escaped for SNS: the component escapes them",
    severity: "warning",
    source: constraints,
    check: ({ spec }) =>
      spec.filterScope === "MessageBody"
        ? undefined
        : escapedTexts(spec.filter).map(
            (text) =>
              `filter: ${show(text)} is escaped for SNS, a second time if it is escaped already; give the value as the message has it`,
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
    source: eventMessages,
    check: ({ topic, spec }) => {
      const byAttributes = spec.filter !== undefined && spec.filterScope !== "MessageBody";
      return byAttributes && onlyS3Publishes(topic) && !matchesWithoutAttributes(spec.filter)
        ? 'filter applies to attributes, which events of S3 do not have; use filterScope "MessageBody" with { "Records": { ... } }'
        : undefined;
    },
  },
  {
    about: "filter",
    rule: "on a topic with sources, a filter on the body has values that events of S3 can have: `ObjectCreated:Put` without `s3:`, keys URL-encoded",
    severity: "error",
    source: eventMessages,
    check: ({ topic, spec }) =>
      s3Publishes(topic)
        ? unmatchedS3Values(bodyFilter(spec), publishedEvents(topic)).map(
            (text) => `filter: ${text}`,
          )
        : undefined,
  },
  {
    about: "filter",
    rule: "on a topic that only S3 publishes to, a filter on the body begins with Records",
    severity: "error",
    source: eventMessages,
    check: ({ topic, spec }) =>
      onlyS3Publishes(topic)
        ? unknownS3Fields(bodyFilter(spec))
            .filter((path) => !path.startsWith("Records."))
            .map(
              (path) =>
                `filter: messages of S3 have no "${path}"; their fields are in "Records"${didYouMean(`Records.${path}`, s3EventFields)}`,
            )
        : undefined,
  },
  {
    about: "filter",
    rule: "on a topic with sources, fields below Records are those of S3's events",
    severity: "warning",
    source: eventMessages,
    check: ({ topic, spec }) =>
      s3Publishes(topic)
        ? unknownS3Fields(bodyFilter(spec))
            .filter((path) => path.startsWith("Records."))
            .map(
              (path) => `filter: events of S3 have no "${path}"${didYouMean(path, s3EventFields)}`,
            )
        : undefined,
  },
];

/** A valid filter on the body. */
function bodyFilter({ filter, filterScope: scope }: ConsumerSpec): object | undefined {
  const isValid = scope === "MessageBody" && validateFilterPolicy(filter, scope).length === 0;
  return isValid ? filter : undefined;
}

const s3Service = "s3.amazonaws.com";

/** Whether buckets publish to the topic: its sources, or those of other accounts. */
function s3Publishes({ args }: TopicFacts): boolean {
  const { sources = [], publishers = [] } = args;
  return (
    notifyingSources(sources).length > 0 || publishers.some(({ service }) => service === s3Service)
  );
}

function onlyS3Publishes(topic: TopicFacts): boolean {
  const { sources = [], publishers = [], existingTopicArn } = topic.args;
  const others = publishers.filter(({ service }) => service !== s3Service);
  const onlyNotifications = notifyingSources(sources).length === sources.length;
  return (
    s3Publishes(topic) && onlyNotifications && others.length === 0 && existingTopicArn === undefined
  );
}

/** Undefined unless the sources are the only publishers. */
function publishedEvents(topic: TopicFacts): readonly string[] | undefined {
  const { sources = [], publishers = [] } = topic.args;
  return onlyS3Publishes(topic) && publishers.length === 0
    ? [...new Set(notifyingSources(sources).flatMap(({ events = defaultEvents }) => events))]
    : undefined;
}

/** Texts in which a quote or a backslash is escaped, outside of wildcards, which have escapes of their own. */
function escapedTexts(value: unknown): string[] {
  if (typeof value === "string") return /\\["\\]/.test(value) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap(escapedTexts);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "wildcard" ? [] : escapedTexts(inner),
  );
}

/** Only `{ exists: false }` matches a message without the attribute. */
function matchesWithoutAttributes(filter: object | undefined): boolean {
  return Object.values(filter ?? {}).every(
    (values) =>
      Array.isArray(values) &&
      values.some((value: unknown) => JSON.stringify(value) === '{"exists":false}'),
  );
}
