import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import * as v from "valibot";
import { withoutOptions } from "../withoutOptions.ts";
import { consumers } from "./benchRun.ts";
import { measureLatency } from "./latency.ts";
import { measureThroughput } from "./throughput.ts";

const wholeRun = v.object({
  systems: v.number(),
  startSeconds: v.number(),
  cpuSeconds: v.number(),
  memory: v.number(),
  idlePercent: v.number(),
});

const usage = `npm run bench:local

Measures the local run: its start with all systems, latency, and throughput with backlogs of 0, 10,000
and 100,000 messages, standard and FIFO. Takes ten minutes. Nothing is asserted.

The last columns: the processor time of a delivery by that with an empty backlog; how much of the pace of
publishing and handling apart is left when both go on at once; memory.
`;

/** `npm run bench:local` */
async function main(): Promise<void> {
  withoutOptions(usage);
  await showWholeRun();
  console.log("\nmessages of 1 KB, three consumers, batches of ten\n");
  for (const fifo of [false, true]) await showLatency(fifo);
  console.log(`\n${row(titles)}`);
  for (const fifo of [false, true]) await showThroughput(fifo);
}

async function showWholeRun(): Promise<void> {
  const file = fileURLToPath(new URL("wholeRun.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [file]);
  const [last = ""] = stdout.trimEnd().split("\n").slice(-1);
  const { systems, ...whole } = v.parse(wholeRun, JSON.parse(last));
  const seconds = `${whole.startSeconds.toFixed(1)} s (${whole.cpuSeconds.toFixed(1)} s of a core)`;
  const rest = `${whole.memory.toFixed(0)} MiB, ${whole.idlePercent.toFixed(1)} % of a core when idle`;
  console.log(`all ${systems} systems: started in ${seconds}; ${rest}`);
}

async function showLatency(fifo: boolean): Promise<void> {
  const { p50, p95 } = await measureLatency(fifo);
  const times = `p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`;
  console.log(`${name(fifo)} published to handled at 100 messages a second: ${times}`);
}

async function showThroughput(fifo: boolean): Promise<void> {
  let alone: number | undefined;
  for (const backlog of [0, 10_000, 100_000]) {
    const measured = await measureThroughput({ fifo, backlog, messages: 5000 });
    alone ??= measured.handled.cpu;
    const ratio = `${(measured.handled.cpu / alone).toFixed(2)} x`;
    const apart = measured.published.cpu / consumers + measured.handled.cpu;
    const together = `${((100 * apart) / measured.atOnce.cpu).toFixed(0)} %`;
    const columns = [
      number(backlog),
      ...[measured.atOnce, measured.published, measured.handled].flatMap(({ perSecond, cpu }) => [
        number(perSecond),
        number(cpu),
      ]),
      ratio,
      together,
      `${number(measured.memory)} MiB`,
    ];
    console.log(row([name(fifo), ...columns]));
  }
}

const titles = [
  " ".repeat(8),
  "backlog",
  "at once/s",
  "us each",
  "publish/s",
  "us each",
  "handle/s",
  "us each",
  "",
  "together",
  "memory",
];

function row(columns: readonly string[]): string {
  return columns.map((text, index) => (index === 0 ? text : text.padStart(11))).join("");
}

function number(value: number): string {
  return Math.round(value).toLocaleString("en");
}

function name(fifo: boolean): string {
  return (fifo ? "FIFO" : "standard").padEnd(8);
}

await main();
