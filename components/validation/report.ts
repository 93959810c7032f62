import * as pulumi from "@pulumi/pulumi";
import { misusedOutputs } from "./outputs.ts";
import { formatProblem, formatProblems, type Problem } from "./problem.ts";
import type { Rule } from "./rule.ts";
import { type Schema, schemaIssues } from "./schema.ts";

/**
 * Throws the errors among the problems of a component's arguments, and logs the warnings.
 *
 * @param component for example `FanoutTopic "orders"`
 * @throws RunError with a line for each error
 */
export function report(component: string, problems: readonly Problem[]): void {
  const errors = problems.filter((problem) => problem.severity === "error");
  if (errors.length > 0) throw new pulumi.RunError(formatProblems(component, errors));
  for (const warning of problems) {
    void pulumi.log.warn(`${component}: ${formatProblem(warning)}`);
  }
}

/** The same for what is known of the arguments later: problems that have been reported already are left out. */
export function reportNew(
  component: string,
  problems: readonly Problem[],
  reported: readonly Problem[],
): void {
  const known = new Set(reported.map(formatProblem));
  report(
    component,
    problems.filter((problem) => !known.has(formatProblem(problem))),
  );
}

/** Problems of a part of the arguments; rules of other parts rely on its types only if they are correct. */
export type Part = { readonly typed: boolean; readonly problems: readonly Problem[] };

/** The problems of a value's types, and if these are correct, those that `check` finds. */
export function checkedPart(
  where: string,
  schema: Schema,
  value: unknown,
  check: () => readonly Problem[],
): Part {
  const { mistyped, unknown } = schemaIssues(schema, value);
  const wrong = [...mistyped, ...misusedOutputs(value)];
  const problems = [...wrong, ...unknown].map((text) => error(where, text));
  return wrong.length > 0
    ? { typed: false, problems }
    : { typed: true, problems: [...problems, ...check()] };
}

export function violations<Subject>(
  candidates: readonly Rule<Subject>[],
  where: string,
  subject: Subject,
): Problem[] {
  return candidates.flatMap(({ severity, check }) =>
    [check(subject) ?? []].flat().map((text) => ({ severity, where, text })),
  );
}

export function error(where: string, text: string): Problem {
  return { severity: "error", where, text };
}
