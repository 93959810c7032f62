import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { onEmptyCloud } from "../emptyCloud.ts";
import { differencesOf, judge } from "./differences.ts";
import { prepare } from "./prepare.ts";
import { addResults, keepResults, keptResults } from "./results.ts";
import { type RunOptions, runSuite } from "./runSuite.ts";
import type { Suite } from "./suite.ts";
import { suites } from "./suites.ts";
import { type Row, showProblems, table } from "./table.ts";

const usage = `npm run bench:suites [-- NAME...] [options]

Runs public suites of tests against "fanout start --empty", and prints how many of them pass.

  NAME         suites to run; without any, all: ${suites.map(({ name }) => name).join(", ")}
  --from DIR   a checkout of localstack/localstack, aws-powertools/powertools-lambda-python or
               aws-powertools/powertools-lambda-typescript, each named by a --from of its own; suites that
               need one are left out without it
  --only TEXT  runs tests whose names hold TEXT
  --again      runs the failures again that nothing explains, one after the other: on a busy machine
               tests fail that wait a second or two
  --report     runs nothing, and prints what came of the latest runs
  --verbose    prints what the test runners print
  --write      writes the table into docs/suites.md, with the latest results of every suite`;

const page = new URL("../../docs/suites.md", import.meta.url);

/** `npm run bench:suites`. Ends with 1 if a test fails for a reason that differences.json does not name. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      again: { type: "boolean", default: false },
      from: { type: "string", multiple: true, default: [] },
      help: { type: "boolean", default: false },
      only: { type: "string" },
      report: { type: "boolean", default: false },
      verbose: { type: "boolean", default: false },
      write: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const wanted = chosen(positionals);
  if (!values.report) {
    for (const suite of wanted) {
      const failures = rowOf(suite).finished?.unexplained.map(({ test }) => test) ?? [];
      if (values.again && failures.length === 0) continue;
      const tests = values.again ? failures : undefined;
      await run(suite, values.from, { only: values.only, tests, isVerbose: values.verbose });
    }
  }
  for (const suite of wanted) showProblems(rowOf(suite));
  const text = table(suites.map(rowOf));
  console.log(`\n${text}`);
  if (values.write) writeFileSync(page, text);
  return wanted.map(rowOf).some(({ finished }) => (finished?.unexplained.length ?? 0) > 0) ? 1 : 0;
}

function chosen(names: readonly string[]): readonly Suite[] {
  const unknown = names.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length > 0) throw new Error(`unknown suites: ${unknown.join(", ")}\n\n${usage}`);
  return names.length === 0 ? suites : suites.filter(({ name }) => names.includes(name));
}

async function run(suite: Suite, checkouts: readonly string[], options: RunOptions): Promise<void> {
  console.log(`\n== ${suite.name} (${suite.title})`);
  const prepared = await prepare(suite, checkouts);
  if (prepared === undefined) {
    console.log("not run: it needs a checkout (--from DIR)");
    return;
  }
  await onEmptyCloud(suite.cloudOptions ?? [], async (endpoint) => {
    const outcomes = await runSuite(suite, prepared, endpoint, options);
    if (options.tests !== undefined) addResults(suite.name, outcomes);
    else if (options.only === undefined) keepResults(suite.name, outcomes);
    else console.log(outcomes.map(({ test, result }) => `${result} ${test}`).join("\n"));
  });
}

/** The latest results of a suite, as the known differences explain them now. */
function rowOf(suite: Suite): Row {
  const kept = keptResults(suite.name);
  if (kept === undefined) return { suite, finished: undefined };
  return { suite, finished: { ...kept, ...judge(kept.outcomes, differencesOf(suite.name)) } };
}

process.exitCode = await main();
