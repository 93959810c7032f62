import { readFileSync } from "node:fs";
import * as v from "valibot";
import type { Outcome } from "./outcomes.ts";

/**
 * The known differences of a suite: what its tests expect, and why the local cloud answers otherwise.
 * `*` in the name of a test stands for any text.
 */
const difference = v.strictObject({
  tests: v.array(v.string()),
  /** JSON paths in recorded answers that are not compared. Without it and `strip` the tests are expected to fail. */
  paths: v.optional(v.array(v.string())),
  /** What of the texts in recorded answers is not compared, as a regular expression of Python. */
  strip: v.optional(v.string()),
  reason: v.string(),
});

export type Difference = v.InferOutput<typeof difference>;

/** By suite. */
export const differencesFile = new URL("differences.json", import.meta.url);

/** @returns the known differences of a suite */
export function differencesOf(suite: string): readonly Difference[] {
  const text = readFileSync(differencesFile, "utf8");
  return v.parse(v.record(v.string(), v.array(difference)), JSON.parse(text))[suite] ?? [];
}

export type Judged = {
  /** Failed tests by the reason that explains them. */
  readonly explained: ReadonlyMap<string, readonly Outcome[]>;
  /** Failed tests that nothing explains. */
  readonly unexplained: readonly Outcome[];
  /** Why parts of recorded answers are not compared. */
  readonly uncompared: readonly string[];
  /** Reasons that explain no failed test any more. */
  readonly stale: readonly string[];
};

/** Explains the failed tests of a suite by its known differences. */
export function judge(outcomes: readonly Outcome[], differences: readonly Difference[]): Judged {
  const whole = differences.filter(
    ({ paths, strip }) => paths === undefined && strip === undefined,
  );
  const explained = new Map<string, Outcome[]>();
  const unexplained: Outcome[] = [];
  for (const outcome of outcomes.filter(({ result }) => result === "failed")) {
    const found = whole.find(({ tests }) => tests.some((each) => matches(each, outcome.test)));
    if (found === undefined) unexplained.push(outcome);
    else explained.set(found.reason, [...(explained.get(found.reason) ?? []), outcome]);
  }
  const stale = whole.map(({ reason }) => reason).filter((reason) => !explained.has(reason));
  const uncompared = differences.filter((each) => !whole.includes(each)).map((each) => each.reason);
  return { explained, unexplained, uncompared, stale };
}

function matches(pattern: string, test: string): boolean {
  const literal = pattern.replaceAll(/[^\w*]/g, "\\$&");
  return new RegExp(`^${literal.replaceAll("*", ".*")}$`, "s").test(test);
}
