import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as v from "valibot";
import type { Outcome } from "./outcomes.ts";
import { cache } from "./prepare.ts";

const results = v.object({
  date: v.string(),
  outcomes: v.array(
    v.object({
      test: v.string(),
      result: v.picklist(["passed", "failed", "skipped"]),
      message: v.string(),
    }),
  ),
});

export type Results = { readonly date: string; readonly outcomes: readonly Outcome[] };

/** Keeps what came of a suite, for the table: suites need not be run together. */
export function keepResults(suite: string, outcomes: readonly Outcome[]): Results {
  const kept = { date: new Date().toISOString().slice(0, 10), outcomes };
  mkdirSync(path.dirname(fileOf(suite)), { recursive: true });
  writeFileSync(fileOf(suite), JSON.stringify(kept));
  return kept;
}

/** Keeps what came of some of its tests, which were run again. */
export function addResults(suite: string, again: readonly Outcome[]): Results {
  const changed = new Map(again.map((outcome) => [outcome.test, outcome]));
  const outcomes = keptResults(suite)?.outcomes ?? [];
  return keepResults(
    suite,
    outcomes.map((outcome) => changed.get(outcome.test) ?? outcome),
  );
}

/** What came of the suite's latest run; undefined if there was none. */
export function keptResults(suite: string): Results | undefined {
  const file = fileOf(suite);
  if (!existsSync(file)) return undefined;
  return v.parse(results, JSON.parse(readFileSync(file, "utf8")));
}

function fileOf(suite: string): string {
  return path.join(cache, "results", `${suite}.json`);
}
