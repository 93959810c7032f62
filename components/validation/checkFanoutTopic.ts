import * as pulumi from "@pulumi/pulumi";
import type { FanoutTopicArgs } from "../fanoutTopicArgs.ts";
import { programFolder } from "../functions/programFolder.ts";
import { isEventSource, isScheduleSource, type Source } from "../sources/source.ts";
import { publisherRules, subscriberRules } from "./accessRules.ts";
import { bucketSourceRules } from "./bucketSourceRules.ts";
import { consumerSchema } from "./consumerSchema.ts";
import { crossAccountRules } from "./crossAccountRules.ts";
import { endpointRules } from "./endpointRules.ts";
import { eventSourceRules } from "./eventSourceRules.ts";
import { consumerFacts, type TopicFacts, topicFacts } from "./facts.ts";
import { filesIn } from "./filesIn.ts";
import { filterRules } from "./filterRules.ts";
import { functionRules } from "./functionRules.ts";
import { handlerRules } from "./handlerRules.ts";
import { mappingRules } from "./mappingRules.ts";
import { consumerNameRules } from "./nameRules.ts";
import { containsOutput, misusedOutputs } from "./outputs.ts";
import type { Problem } from "./problem.ts";
import { queueRules } from "./queueRules.ts";
import { checkedPart, error, type Part, report, reportNew, violations } from "./report.ts";
import { retryRules } from "./retryRules.ts";
import { scheduleSourceRules } from "./scheduleSourceRules.ts";
import { isPlainObject, schemaIssues } from "./schema.ts";
import { bucketSourceFacts, type SourceFacts } from "./sourceFacts.ts";
import { sourceRules } from "./sourceRules.ts";
import { bucketSourceSchema, eventSourceSchema, scheduleSourceSchema } from "./sourceSchema.ts";
import { topicRules } from "./topicRules.ts";
import { publisherSchema, subscriberSchema, topicSchema } from "./topicSchema.ts";

const consumerRules = [
  ...consumerNameRules,
  ...queueRules,
  ...mappingRules,
  ...retryRules,
  ...handlerRules,
  ...functionRules,
  ...endpointRules,
  ...crossAccountRules,
  ...filterRules,
];

/** All rules, by subject; docs/rules.md is generated from them. */
export const rules = {
  topic: topicRules,
  source: sourceRules,
  bucketSource: bucketSourceRules,
  eventSource: eventSourceRules,
  scheduleSource: scheduleSourceRules,
  publisher: publisherRules,
  subscriber: subscriberRules,
  consumer: consumerRules,
};

/**
 * Checks the arguments of a FanoutTopic before any resource is created. Warnings are logged. Outputs are
 * checked when their values are known, and a problem then fails the deployment.
 *
 * @throws RunError with a line for each problem
 */
export function checkFanoutTopic(name: string, args: FanoutTopicArgs): void {
  const component = `FanoutTopic "${name}"`;
  // Later the program is no longer on the call stack, which may determine its folder.
  const isFile = filesIn(programFolder());
  const problems = fanoutTopicProblems(name, args, isFile);
  report(component, problems);
  pulumi.output(args).apply((known) => {
    // Buckets are plain values, and by now this topic has claimed them.
    const later = fanoutTopicProblems(name, { ...known, sources: [] }, isFile);
    reportNew(component, later, problems);
  });
}

/**
 * The problems of the topic, its sources, publishers, subscribers and consumers, in this order. Rules rely on
 * the types: they are checked only where the types are correct.
 */
export function fanoutTopicProblems(
  name: string,
  args: FanoutTopicArgs,
  isFile: (path: string) => boolean,
): Problem[] {
  if (containsOutput(name)) {
    return [
      error("", "the name contains an Output as text, which is not its value; use a plain one"),
    ];
  }
  const { consumers, sources, publishers, subscribers, ...own } = isPlainObject(args) ? args : {};
  const { mistyped, unknown } = schemaIssues(topicSchema, args);
  const wrong = [...mistyped, ...misusedOutputs(own)];
  const problems = [...wrong, ...unknown].map((text) => error("", text));
  return wrong.length > 0 ? problems : [...problems, ...partProblems(name, args, isFile)];
}

function partProblems(
  name: string,
  args: FanoutTopicArgs,
  isFile: (path: string) => boolean,
): Problem[] {
  const topic = topicFacts(name, args);
  const publishing = [...sourceParts(topic), ...publisherParts(topic)];
  const typedTopic = publishing.every((part) => part.typed) ? topic : withoutPublishing(topic);
  const consumers = args.consumers.map((spec, index) => {
    const where = consumerWhere(spec, index);
    return checkedPart(where, consumerSchema, spec, () =>
      violations(rules.consumer, where, consumerFacts(typedTopic, spec, isFile)),
    );
  });
  const parts = [...publishing, ...subscriberParts(topic), ...consumers];
  const allTyped = parts.every((part) => part.typed);
  return [
    ...(allTyped ? violations(rules.topic, "", topic) : []),
    ...parts.flatMap((part) => part.problems),
  ];
}

/** Rules compare a source with those before it, as far as their types are correct. */
function sourceParts(topic: TopicFacts): Part[] {
  const earlier: Source[] = [];
  return (topic.args.sources ?? []).map((source, index) => {
    const facts = { topic, source, earlier: [...earlier] };
    const part = checkedSource(`source ${index + 1}`, facts);
    if (part.typed) earlier.push(source);
    return part;
  });
}

function publisherParts({ args }: TopicFacts): Part[] {
  return (args.publishers ?? []).map((publisher, index) => {
    const where = `publisher ${index + 1}`;
    return checkedPart(where, publisherSchema, publisher, () =>
      violations(rules.publisher, where, publisher),
    );
  });
}

function subscriberParts(topic: TopicFacts): Part[] {
  return (topic.args.subscribers ?? []).map((subscriber, index) => {
    const where = `subscriber ${index + 1}`;
    return checkedPart(where, subscriberSchema, subscriber, () =>
      violations(rules.subscriber, where, { topic, subscriber }),
    );
  });
}

/** For rules of consumers, which read who publishes: as if it were not known. */
function withoutPublishing(topic: TopicFacts): TopicFacts {
  return { ...topic, args: { ...topic.args, sources: [], publishers: [] } };
}

/** A source is of the kind whose field it has; one without such a field is taken for a bucket. */
function checkedSource(where: string, facts: SourceFacts): Part {
  const { topic, source } = facts;
  const general = () => violations(rules.source, where, facts);
  if (isScheduleSource(source)) {
    return checkedPart(where, scheduleSourceSchema, source, () => [
      ...general(),
      ...violations(rules.scheduleSource, where, { topic, source }),
    ]);
  }
  if (isEventSource(source)) {
    return checkedPart(where, eventSourceSchema, source, () => [
      ...general(),
      ...violations(rules.eventSource, where, { source }),
    ]);
  }
  return checkedPart(where, bucketSourceSchema, source, () => [
    ...general(),
    ...violations(rules.bucketSource, where, bucketSourceFacts(facts, source)),
  ]);
}

/** `consumer "audit"`, or `consumer 2` without a name. */
function consumerWhere(spec: unknown, index: number): string {
  const name = isPlainObject(spec) ? spec.name : undefined;
  return typeof name === "string" && !containsOutput(name)
    ? `consumer "${name}"`
    : `consumer ${index + 1}`;
}
