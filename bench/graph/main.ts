import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { withoutOptions } from "../withoutOptions.ts";
import { type Cost, costOf, medianCost } from "./measure.ts";

const usage = `npm run bench:graph

Measures how long it takes to build the graph of a topic with 10, 100 and 300 consumers: whole processes
under mocks, next to a Pulumi program without components and to CDK, which it installs. Interleaved,
medians of five rounds. Nothing is asserted.
`;

const sizes = [10, 100, 300];
const rounds = 5;
const folder = mkdtempSync(path.join(tmpdir(), "fanout-bench-graph-"));

type Variant = { readonly name: string; readonly run: (consumers: number) => Promise<Cost> };

/** `npm run bench:graph` */
async function main(): Promise<void> {
  withoutOptions(usage);
  const variants = [components, flat, ...((await cdkIsInstalled()) ? [cdk] : [])];
  for (const consumers of sizes) {
    await execute(here("record.ts"), String(consumers), path.join(folder, String(consumers)));
  }
  console.log(row("consumers", "", "seconds", "processor", "memory", "components are"));
  for (const consumers of sizes) await compare(consumers, variants);
}

async function compare(consumers: number, variants: readonly Variant[]): Promise<void> {
  const costs = new Map(variants.map((variant) => [variant, [] as Cost[]]));
  for (let round = 0; round < rounds; round++) {
    for (const [variant, known] of costs) known.push(await variant.run(consumers));
  }
  const own = medianCost(costs.get(components) ?? []);
  for (const [{ name }, known] of costs) {
    const { seconds, cpuSeconds, memory } = medianCost(known);
    const ratio = `${(own.seconds / seconds).toFixed(2)} x, memory ${(own.memory / memory).toFixed(2)} x`;
    console.log(
      row(
        String(consumers),
        name,
        `${seconds.toFixed(2)} s`,
        `${cpuSeconds.toFixed(2)} s`,
        `${memory.toFixed(0)} MiB`,
        name === components.name ? "" : ratio,
      ),
    );
  }
}

const components: Variant = {
  name: "components",
  run: (consumers) => costOf(here("components.ts"), String(consumers)),
};
const flat: Variant = {
  name: "flat",
  run: (consumers) => costOf(here("flat.ts"), path.join(folder, String(consumers), "flat.json")),
};
const cdk: Variant = {
  name: "CDK synth",
  run: (consumers) => costOf(here("cdk/app.mjs"), String(consumers)),
};

/** Installs CDK on first use: it is not among the project's dependencies. */
async function cdkIsInstalled(): Promise<boolean> {
  if (existsSync(here("cdk/node_modules/aws-cdk-lib"))) return true;
  console.log("installing CDK into bench/graph/cdk");
  try {
    await promisify(execFile)("npm", ["ci", "--prefix", here("cdk")], { shell: true });
    return true;
  } catch (error) {
    console.log(`CDK is left out, because it cannot be installed: ${String(error)}`);
    return false;
  }
}

async function execute(script: string, ...args: readonly string[]): Promise<void> {
  await promisify(execFile)(process.execPath, [script, ...args]);
}

function here(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}

function row(consumers: string, name: string, ...columns: readonly string[]): string {
  return (
    consumers.padStart(9) + name.padStart(12) + columns.map((each) => each.padStart(11)).join("")
  );
}

try {
  await main();
} finally {
  rmSync(folder, { recursive: true });
}
