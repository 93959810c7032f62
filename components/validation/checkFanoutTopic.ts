import { statSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import type { FanoutTopicArgs } from "../fanoutTopicArgs.ts";
import { entryFile, programFolder } from "../functions/programFolder.ts";
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

/** All rules, by subject; docs/rules.md is generated from them. */
export const rules = {
  topic: topicRules,
  source: sourceRules,
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
  // Later the program is no longer on the call stack, which may determine its folder.
  const folder = programFolder();
  const isFile = (entry: string) => isFileIn(folder, entry);
  const problems = fanoutTopicProblems(name, args, isFile);
  report(name, problems);
  pulumi.output(args).apply((known) => {
    // Buckets are plain values, and by now this topic has claimed them.
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
 * The problems of the topic, its sources, publishers, subscribers and consumers, in this order. Rules rely on
 * the types: they are checked only where the types are correct.
 */
export function fanoutTopicProblems(
  name: string,
  args: FanoutTopicArgs,
  isFile: (path: string) => boolean,
): Problem[] {
  const mistyped = schemaProblems(topicSchema, args);
  if (mistyped.length > 0) return mistyped.map((text) => error("", text));
  const topic = topicFacts(name, args);
  const parts = [
    ...sourceFacts(topic).map((facts, index) => {
      const where = `source ${index + 1}`;
      return checked(where, sourceSchema, facts.source, () =>
        violations(rules.source, where, facts),
      );
    }),
    ...(args.publishers ?? []).map((publisher, index) => {
      const where = `publisher ${index + 1}`;
      return checked(where, publisherSchema, publisher, () =>
        violations(rules.publisher, where, publisher),
      );
    }),
    ...(args.subscribers ?? []).map((subscriber, index) => {
      const where = `subscriber ${index + 1}`;
      return checked(where, subscriberSchema, subscriber, () =>
        violations(rules.subscriber, where, { topic, subscriber }),
      );
    }),
    ...args.consumers.map((spec, index) => {
      const where = consumerWhere(spec, index);
      return checked(where, consumerSchema, spec, () =>
        violations(rules.consumer, where, consumerFacts(topic, spec, isFile)),
      );
    }),
  ];
  const allTyped = parts.every((part) => part.typed);
  return [
    ...(allTyped ? violations(rules.topic, "", topic) : []),
    ...parts.flatMap((part) => part.problems),
  ];
}

type Part = { readonly typed: boolean; readonly problems: readonly Problem[] };

function checked(where: string, schema: Schema, value: unknown, check: () => Problem[]): Part {
  const mistyped = schemaProblems(schema, value);
  return mistyped.length > 0
    ? { typed: false, problems: mistyped.map((text) => error(where, text)) }
    : { typed: true, problems: check() };
}

function violations<Subject>(
  candidates: readonly Rule<Subject>[],
  where: string,
  subject: Subject,
): Problem[] {
  return candidates.flatMap(({ severity, check }) =>
    [check(subject) ?? []].flat().map((text) => ({ severity, where, text })),
  );
}

/** `consumer "audit"`, or `consumer 2` without a name. */
function consumerWhere(spec: unknown, index: number): string {
  const name = isPlainObject(spec) ? spec.name : undefined;
  return typeof name === "string" ? `consumer "${name}"` : `consumer ${index + 1}`;
}

function error(where: string, text: string): Problem {
  return { severity: "error", where, text };
}

function isFileIn(folder: string, entry: string): boolean {
  return statSync(entryFile(entry, folder), { throwIfNoEntry: false })?.isFile() ?? false;
}
