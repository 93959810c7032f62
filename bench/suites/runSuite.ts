import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type Outcome, outcomesOf } from "./outcomes.ts";
import type { Prepared } from "./prepare.ts";
import type { Suite } from "./suite.ts";

const here = path.dirname(fileURLToPath(import.meta.url));

export type RunOptions = {
  /** Runs tests whose names hold it. */
  readonly only: string | undefined;
  /** Runs these tests, one after the other. @default all */
  readonly tests: readonly string[] | undefined;
  /** Prints what the test runner prints. */
  readonly isVerbose: boolean;
};

/** Runs the tests of a suite against an endpoint. */
export async function runSuite(
  suite: Suite,
  prepared: Prepared,
  endpoint: string,
  { only, tests, isVerbose }: RunOptions,
): Promise<Outcome[]> {
  const reports = mkdtempSync(path.join(os.tmpdir(), "fanout-suites-"));
  const report = path.join(reports, "junit.xml");
  const certificate = path.join(reports, "certificate.pem");
  const served = await fetch(`${endpoint}/_fanout/certificate.pem`);
  writeFileSync(certificate, await served.text());
  const alone = tests === undefined ? suite : { ...suite, workers: 1 };
  const [command, ...options] = commandOf(alone, prepared, report, only);
  const child = spawn(command, options, {
    cwd: prepared.folder,
    stdio: ["ignore", isVerbose ? "inherit" : "ignore", "inherit"],
    env: {
      ...process.env,
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_REGION: "us-east-1",
      AWS_DEFAULT_REGION: "us-east-1",
      FANOUT_SUITE: suite.name,
      ...(tests !== undefined && { FANOUT_SUITES_TESTS: JSON.stringify(tests) }),
      FANOUT_SUITES_MODULES: prepared.nodeModules ?? "",
      PATH: `${path.dirname(prepared.python ?? process.execPath)}:${process.env.PATH ?? ""}`,
      PYTHONPATH: path.join(here, "pytest"),
      PYTHONDONTWRITEBYTECODE: "1",
      // For what fetches the certificate that signs messages.
      REQUESTS_CA_BUNDLE: certificate,
      ...suite.environment?.(endpoint),
    },
  });
  await once(child, "exit");
  try {
    if (!existsSync(report)) throw new Error(`${suite.name} ended without a report`);
    return outcomesOf(readFileSync(report, "utf8"));
  } finally {
    rmSync(reports, { recursive: true });
  }
}

function commandOf(
  { source, tests, workers = 1, pytestOptions = [] }: Suite,
  { folder, python }: Prepared,
  report: string,
  filter: string | undefined,
): [string, ...string[]] {
  if (source.kind === "vitestCheckout") {
    const vitest = [path.join(folder, "node_modules", "vitest", "vitest.mjs"), "run"];
    const config = ["--config", path.join(folder, "standIns", "vitest.config.mjs")];
    const reporters = ["--reporter=default", "--reporter=junit", `--outputFile.junit=${report}`];
    const chosen = filter === undefined ? [] : ["--testNamePattern", filter];
    return [process.execPath, ...vitest, ...config, ...reporters, ...chosen, ...tests];
  }
  if (python === undefined) {
    const reporter = ["--test-reporter=junit", `--test-reporter-destination=${report}`];
    const pattern = filter === undefined ? [] : [`--test-name-pattern=${filter}`];
    return [process.execPath, "--test", ...reporter, ...pattern, ...tests];
  }
  const options = ["-q", "--tb=short", "-o", "log_level=WARNING", `--junitxml=${report}`];
  const plugins = ["-p", "no:cacheprovider", "-p", "fanout_suites", "--timeout", "120"];
  const parallel = workers > 1 ? ["-n", String(workers)] : [];
  const chosen = filter === undefined ? [] : ["-k", filter];
  const pytest = ["-m", "pytest", ...options, ...plugins, ...parallel, ...pytestOptions];
  return [python, ...pytest, ...chosen, ...tests];
}
