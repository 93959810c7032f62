import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { differencesOf, judge } from "./differences.ts";
import { onEmptyCloud } from "./emptyCloud.ts";
import { prepare } from "./prepare.ts";
import { type RunOptions, runSuite } from "./runSuite.ts";
import { type Suite, suites } from "./suite.ts";
import { type Finished, type Row, showProblems, table } from "./table.ts";

const usage = `npm run bench:suites [-- NAME...] [options]

Runs public suites of tests against "fanout start --empty", and prints how many of them pass.

  NAME         suites to run; without any, all: ${suites.map(({ name }) => name).join(", ")}
  --from DIR   a checkout of localstack/localstack; suites that need one are left out without it
  --only TEXT  runs tests whose names hold TEXT
  --verbose    prints what the test runners print
  --write      writes the table into docs/suites.md`;

const page = new URL("../../docs/suites.md", import.meta.url);

/** `npm run bench:suites`. Ends with 1 if a test fails for a reason that differences.json does not name. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      from: { type: "string", multiple: true, default: [] },
      help: { type: "boolean", default: false },
      only: { type: "string" },
      verbose: { type: "boolean", default: false },
      write: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const rows: Row[] = [];
  for (const suite of chosen(positionals)) {
    const row = await runOne(suite, values.from, {
      only: values.only,
      isVerbose: values.verbose,
    });
    showProblems(row);
    rows.push(row);
  }
  const text = table(rows, new Date());
  console.log(`\n${text}`);
  if (values.write) writeFileSync(page, text);
  return rows.some(({ finished }) => finished && finished.unexplained.length > 0) ? 1 : 0;
}

function chosen(names: readonly string[]): readonly Suite[] {
  const unknown = names.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length > 0) throw new Error(`unknown suites: ${unknown.join(", ")}\n\n${usage}`);
  return names.length === 0 ? suites : suites.filter(({ name }) => names.includes(name));
}

async function runOne(
  suite: Suite,
  checkouts: readonly string[],
  options: RunOptions,
): Promise<Row> {
  console.log(`\n== ${suite.name} (${suite.title})`);
  const prepared = await prepare(suite, checkouts);
  if (prepared === undefined) return { suite, finished: undefined };
  const finished = await onEmptyCloud(suite.cloudOptions ?? [], async (endpoint): Promise<Finished> => {
    const outcomes = await runSuite(suite, prepared, endpoint, options);
    return { outcomes, ...judge(outcomes, differencesOf(suite.name)) };
  });
  return { suite, finished };
}

process.exitCode = await main();
