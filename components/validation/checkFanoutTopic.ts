import { statSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import type { FanoutTopicArgs } from "../fanoutTopic.ts";
import { publisherRules, subscriberRules } from "./accessRules.ts";
import { consumerSchema } from "./consumerSchema.ts";
import { crossAccountRules } from "./crossAccountRules.ts";
import { endpointRules } from "./endpointRules.ts";
import { consumerFacts, topicFacts } from "./facts.ts";
import { filterRules } from "./filterRules.ts";
import { functionRules } from "./functionRules.ts";
import { mappingRules } from "./mappingRules.ts";
import { consumerNameRules } from "./nameRules.ts";
import { formatProblem, formatProblems, type Problem } from "./problem.ts";
import { queueRules } from "./queueRules.ts";
import type { Rule } from "./rule.ts";
import { isPlainObject, type Schema, schemaProblems } from "./schema.ts";
import { sourceFacts, sourceRules } from "./sourceRules.ts";
import { topicRules } from "./topicRules.ts";
import { publisherSchema, sourceSchema, subscriberSchema, topicSchema } from "./topicSchema.ts";

const consumerRules = [
  ...consumerNameRules,
  ...queueRules,
  ...mappingRules,
  ...functionRules,
  ...endpointRules,
  ...crossAccountRules,
  ...filterRules,
];

/** All rules, by what they look at; docs/rules.md is made from them. */
export const rules = {
  topic: topicRules,
  source: sourceRules,
  publisher: publisherRules,
  subscriber: subscriberRules,
  consumer: consumerRules,
};

/**
 * Checks the arguments of a FanoutTopic before anything is made of them. Warnings go to Pulumi's log.
 * Values that are Outputs are checked once they are known, and fail the deployment then.
 *
 * @throws RunError with every problem, a line for each.
 */
export function checkFanoutTopic(name: string, args: FanoutTopicArgs): void {
  const problems = fanoutTopicProblems(name, args, isFile);
  report(name, problems);
  pulumi.output(args).apply((known) => {
    // Buckets are known from the start, and are claimed by this topic by now.
    const later = fanoutTopicProblems(name, { ...known, sources: [] }, isFile);
    report(
      name,
      later.filter(({ text }) => !problems.some((problem) => problem.text === text)),
    );
  });
}

function report(name: string, problems: readonly Problem[]): void {
  const errors = problems.filter((problem) => problem.severity === "error");
  const component = `FanoutTopic "${name}"`;
  if (errors.length > 0) throw new pulumi.RunError(formatProblems(component, errors));
  for (const warning of problems) {
    void pulumi.log.warn(`${component}: ${formatProblem(warning)}`);
  }
}

/**
 * Everything wrong with the arguments: of the topic, its sources, publishers, subscribers, and consumers in
 * their order. Rules rely on the types, so that what has the wrong shape is not put to its rules.
 */
export function fanoutTopicProblems(
  name: string,
  args: FanoutTopicArgs,
  isFile: (path: string) => boolean,
): Problem[] {
  const misshapen = schemaProblems(topicSchema, args);
  if (misshapen.length > 0) return misshapen.map((text) => error("", text));
  const topic = topicFacts(name, args);
  const parts = [
    ...sourceFacts(topic).map((facts, index) => {
      const where = `source ${index + 1}`;
      return shaped(where, sourceSchema, facts.source, () => broken(rules.source, where, facts));
    }),
    ...(args.publishers ?? []).map((publisher, index) => {
      const where = `publisher ${index + 1}`;
      return shaped(where, publisherSchema, publisher, () =>
        broken(rules.publisher, where, publisher),
      );
    }),
    ...(args.subscribers ?? []).map((subscriber, index) => {
      const where = `subscriber ${index + 1}`;
      return shaped(where, subscriberSchema, subscriber, () =>
        broken(rules.subscriber, where, { topic, subscriber }),
      );
    }),
    ...args.consumers.map((spec, index) => {
      const where = consumerWhere(spec, index);
      return shaped(where, consumerSchema, spec, () =>
        broken(rules.consumer, where, consumerFacts(topic, spec, isFile)),
      );
    }),
  ];
  const allShaped = parts.every((part) => part.shaped);
  return [
    ...(allShaped ? broken(rules.topic, "", topic) : []),
    ...parts.flatMap((part) => part.problems),
  ];
}

type Part = { readonly shaped: boolean; readonly problems: readonly Problem[] };

function shaped(where: string, schema: Schema, value: unknown, check: () => Problem[]): Part {
  const misshapen = schemaProblems(schema, value);
  return misshapen.length > 0
    ? { shaped: false, problems: misshapen.map((text) => error(where, text)) }
    : { shaped: true, problems: check() };
}

function broken<Subject>(
  candidates: readonly Rule<Subject>[],
  where: string,
  subject: Subject,
): Problem[] {
  return candidates.flatMap(({ severity, check }) =>
    [check(subject) ?? []].flat().map((text) => ({ severity, where, text })),
  );
}

/** `consumer "audit"` where there is a name, else `consumer 2`. */
function consumerWhere(spec: unknown, index: number): string {
  const name = isPlainObject(spec) ? spec.name : undefined;
  return typeof name === "string" ? `consumer "${name}"` : `consumer ${index + 1}`;
}

function error(where: string, text: string): Problem {
  return { severity: "error", where, text };
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
