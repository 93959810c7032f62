import path from "node:path";
import { XMLParser } from "fast-xml-parser";
import * as v from "valibot";

/** How one test ended. */
export type Outcome = {
  /** Its class, if it has one, and its name. */
  readonly test: string;
  readonly result: "passed" | "failed" | "skipped";
  /** Why it failed or was skipped. */
  readonly message: string;
};

const problem = v.object({ message: v.optional(v.string(), ""), "#text": v.optional(v.string()) });
const problems = v.optional(v.array(v.union([problem, v.string()])), []);
const testCase = v.object({
  classname: v.optional(v.string(), ""),
  name: v.string(),
  failure: problems,
  error: problems,
  skipped: problems,
});

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "",
  parseTagValue: false,
  processEntities: { enabled: true, maxTotalExpansions: Number.POSITIVE_INFINITY },
  isArray: (name) => ["testcase", "failure", "error", "skipped", "testsuite"].includes(name),
});

/** Reads a report in the format of JUnit, as pytest and Node's test runner write it. */
export function outcomesOf(report: string): Outcome[] {
  const outcomes = new Map<string, Outcome>();
  for (const each of casesIn(parser.parse(report))) {
    const outcome = outcomeOf(v.parse(testCase, each));
    const before = outcomes.get(outcome.test);
    if (before?.result !== "failed") outcomes.set(outcome.test, outcome);
  }
  return [...outcomes.values()];
}

/** Test cases may stand in suites within suites. */
function casesIn(node: unknown): unknown[] {
  if (Array.isArray(node)) return node.flatMap(casesIn);
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([name, value]) =>
    name === "testcase" && Array.isArray(value) ? value : casesIn(value),
  );
}

function outcomeOf({ classname, name, failure, error, skipped }: v.InferOutput<typeof testCase>) {
  // Vitest names the file in place of a class.
  const className = path.basename(classname, ".test.ts").split(".").at(-1) ?? "";
  const test = className === "" || className === "test" ? name : `${className}::${name}`;
  const [bad] = [...failure, ...error];
  if (bad !== undefined) return { test, result: "failed", message: textOf(bad) } as const;
  const [left] = skipped;
  if (left !== undefined) return { test, result: "skipped", message: textOf(left) } as const;
  return { test, result: "passed", message: "" } as const;
}

function textOf(of: string | v.InferOutput<typeof problem>): string {
  return typeof of === "string" ? of : of.message || (of["#text"] ?? "");
}
