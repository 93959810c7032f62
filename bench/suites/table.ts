import type { Judged } from "./differences.ts";
import type { Outcome } from "./outcomes.ts";
import type { Suite } from "./suite.ts";

export type Finished = Judged & {
  readonly outcomes: readonly Outcome[];
  /** When the suite was run, `2026-11-29`. */
  readonly date: string;
};

export type Row = {
  readonly suite: Suite;
  /** Undefined for a suite that was never run. */
  readonly finished: Finished | undefined;
};

/** Prints what differences.json does not say, or says though it is no longer so. */
export function showProblems({ finished }: Row): void {
  if (finished === undefined) return;
  for (const { test, message } of finished.unexplained) {
    const [line = ""] = message.split("\n", 1);
    console.log(`unexplained failure: ${test}\n    ${line.slice(0, 300)}`);
  }
  for (const reason of finished.stale) console.log(`explains nothing any more: ${reason}`);
}

/** The page of the documentation. */
export function table(rows: readonly Row[]): string {
  const ran = rows.flatMap(({ suite, finished }) => (finished ? [{ suite, ...finished }] : []));
  return [
    "# Public suites of tests",
    "",
    "Written by `npm run bench:suites -- --write`: tests of other projects, and checks with public clients, against",
    "`fanout start --empty`. LocalStack's tests compare every field with answers recorded from AWS.",
    "Powertools' tests are those of idempotency and parser (Python; it has none of batches) and of batches and idempotency",
    "(TypeScript; without durable functions): functions and assertions are Powertools' own, and their stacks are created",
    "through the endpoint in place of CloudFormation.",
    "",
    "| suite | of | run on | passed | failed, explained | failed | skipped |",
    "| --- | --- | --- | ---: | ---: | ---: | ---: |",
    ...ran.map(rowOf),
    "",
    "## Why tests fail",
    "",
    "Where a number is missing, a part of the recorded answers is not compared.",
    "",
    "| suite | tests | reason |",
    "| --- | ---: | --- |",
    ...ran.flatMap(({ suite, explained, uncompared }) => [
      ...[...explained].map(
        ([reason, tests]) => `| ${suite.name} | ${tests.length} | ${cell(reason)} |`,
      ),
      ...uncompared.map((reason) => `| ${suite.name} | | ${cell(reason)} |`),
    ]),
    "",
  ].join("\n");
}

function rowOf({
  suite,
  date,
  outcomes,
  unexplained,
}: Finished & { readonly suite: Suite }): string {
  const count = (result: Outcome["result"]) =>
    outcomes.filter((outcome) => outcome.result === result).length;
  const failed = count("failed");
  const cells = [
    count("passed"),
    failed - unexplained.length,
    unexplained.length,
    count("skipped"),
  ];
  return `| ${suite.name} | ${suite.title} | ${date} | ${cells.join(" | ")} |`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
