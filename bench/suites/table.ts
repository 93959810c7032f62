import type { Judged } from "./differences.ts";
import type { Outcome } from "./outcomes.ts";
import type { Suite } from "./suite.ts";

export type Finished = Judged & { readonly outcomes: readonly Outcome[] };

export type Row = {
  readonly suite: Suite;
  /** Undefined for a suite that was not run. */
  readonly finished: Finished | undefined;
};

/** Prints what differences.json does not say, or says though it is no longer so. */
export function showProblems({ suite, finished }: Row): void {
  if (finished === undefined) {
    console.log(`${suite.name} was not run: it needs a checkout (--from DIR)`);
    return;
  }
  for (const { test, message } of finished.unexplained) {
    const [line = ""] = message.split("\n", 1);
    console.log(`unexplained failure: ${test}\n    ${line.slice(0, 300)}`);
  }
  for (const reason of finished.stale) console.log(`explains nothing any more: ${reason}`);
}

/** The page of the documentation. */
export function table(rows: readonly Row[], date: Date): string {
  const ran = rows.flatMap(({ suite, finished }) => (finished ? [{ suite, ...finished }] : []));
  return [
    "# Public suites of tests",
    "",
    `Written by \`npm run bench:suites -- --write\` on ${date.toISOString().slice(0, 10)}: tests of other projects,`,
    "and checks with public clients, against `fanout start --empty`. LocalStack's tests compare every field with",
    "answers recorded from AWS.",
    "",
    "| suite | of | passed | failed, explained | failed | skipped |",
    "| --- | --- | ---: | ---: | ---: | ---: |",
    ...ran.map(rowOf),
    "",
    "## Why tests fail",
    "",
    "| suite | tests | reason |",
    "| --- | ---: | --- |",
    ...ran.flatMap(({ suite, explained }) =>
      [...explained].map(
        ([reason, tests]) =>
          `| ${suite.name} | ${tests.length} | ${reason.replaceAll("|", "\\|")} |`,
      ),
    ),
    "",
  ].join("\n");
}

function rowOf({ suite, outcomes, unexplained }: Finished & { readonly suite: Suite }): string {
  const count = (result: Outcome["result"]) =>
    outcomes.filter((outcome) => outcome.result === result).length;
  const failed = count("failed");
  const cells = [
    count("passed"),
    failed - unexplained.length,
    unexplained.length,
    count("skipped"),
  ];
  return `| ${suite.name} | ${suite.title} | ${cells.join(" | ")} |`;
}
