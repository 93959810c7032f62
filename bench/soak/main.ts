import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { report, untilEmpty } from "./ledgers.ts";
import { Publisher } from "./publisher.ts";
import { Runner } from "./runner.ts";
import { slope } from "./verdict.ts";

const usage = `npm run bench:soak [-- options]

Runs every system on kept data, publishes all the time, and kills functions and the whole run at random.
Afterwards nothing may be lost, and no FIFO group be out of order.

  --minutes N   how long (30)
  --kills N     in the first N minutes the whole run is killed (two thirds); afterwards memory is measured
  --speed N     of the cloud's clock (20)
  --rounds N    publishes of 40 messages a second (2)
  --disk-load   another process flushes 4 MiB to the same disk without a pause`;

/** How long memory still rises after a start, until caches and histories are full, in milliseconds. */
const warmUp = 120_000;

type Sample = { readonly minute: number; readonly memory: number };

/** `npm run bench:soak`. Ends with 1 if a message was lost or out of order. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      minutes: { type: "string", default: "30" },
      kills: { type: "string" },
      speed: { type: "string", default: "20" },
      rounds: { type: "string", default: "2" },
      "disk-load": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const folder = mkdtempSync(path.join(os.tmpdir(), "fanout-soak-"));
  const ledger = path.join(folder, "ledger");
  mkdirSync(ledger);
  const runner = new Runner({
    data: path.join(folder, "data"),
    ledger,
    speed: Number(values.speed),
  });
  const disk = values["disk-load"] ? loadDisk(path.join(folder, "load")) : undefined;
  let fine = false;
  try {
    await runner.start();
    const publisher = new Publisher(runner);
    const options = {
      milliseconds: Number(values.minutes) * 60_000,
      killsFor: Number(values.kills ?? (Number(values.minutes) * 2) / 3) * 60_000,
      pause: 1000 / Number(values.rounds),
    };
    const samples = await soak(runner, publisher, options);
    console.log("publishing has ended; waiting until every ledger's queue is empty");
    const isEmpty = await untilEmpty(runner, 300_000);
    fine = (await report(runner, publisher, ledger)) && isEmpty;
    showMemory(samples, options.killsFor + warmUp);
  } finally {
    await runner.stop();
    disk?.kill();
  }
  if (fine) rmSync(folder, { recursive: true });
  else console.log(`data and ledgers: ${folder}`);
  return fine ? 0 : 1;
}

async function soak(
  runner: Runner,
  publisher: Publisher,
  options: {
    readonly milliseconds: number;
    readonly killsFor: number;
    readonly pause: number;
  },
): Promise<Sample[]> {
  const begun = Date.now();
  const calmFrom = begun + options.killsFor;
  const end = begun + options.milliseconds;
  const samples: Sample[] = [];
  let kills = 0;
  let functionKills = 0;
  let nextKill = begun + between(45_000, 90_000);
  let nextFunctionKill = begun + between(5000, 15_000);
  let nextSample = calmFrom + warmUp;
  while (Date.now() < end) {
    const now = Date.now();
    if (now >= nextKill && now < calmFrom) {
      const publishing = publisher.publishOnce();
      const orphans = await runner.kill();
      await publishing;
      if (orphans.length > 0) console.log(`functions outlived the run: ${orphans.join(", ")}`);
      await runner.start();
      kills++;
      nextKill = Date.now() + between(45_000, 90_000);
    } else if (now >= nextFunctionKill) {
      if (killOne(runner.functionProcesses())) functionKills++;
      nextFunctionKill = now + between(5000, 15_000);
    }
    await publisher.publishOnce();
    if (now >= nextSample) {
      samples.push({ minute: (now - begun) / 60_000, memory: runner.memory() });
      nextSample = now + 10_000;
    }
    await pause(options.pause);
  }
  console.log(
    `killed: the run ${kills} times, functions ${functionKills} times; ${publisher.examples} examples of systems`,
  );
  return samples;
}

function killOne(pids: readonly number[]): boolean {
  const pid = pids[Math.floor(Math.random() * pids.length)];
  if (pid === undefined) return false;
  try {
    return process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself in the meantime.
    return false;
  }
}

/** @param from when the samples begin, in milliseconds of the run */
function showMemory(samples: readonly Sample[], from: number): void {
  for (const { minute, memory } of samples.filter((_, index) => index % 6 === 0)) {
    console.log(`minute ${minute.toFixed(1).padStart(5)}: ${memory.toFixed(0)} MiB`);
  }
  const rise = slope(samples);
  if (rise !== undefined) console.log(`memory rises by ${rise.toFixed(2)} MiB a minute`);
  else
    console.log(
      `memory is measured from minute ${(from / 60_000).toFixed(1)} on: too short to tell its rise`,
    );
}

function loadDisk(file: string): ChildProcess {
  const script = fileURLToPath(new URL("diskLoad.ts", import.meta.url));
  return spawn(process.execPath, [script, file], { stdio: "inherit" });
}

function between(least: number, most: number): number {
  return least + Math.random() * (most - least);
}

process.exitCode = await main();
