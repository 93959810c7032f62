import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { systemOutputs } from "../../local/stackOutputs.ts";
import { consumers, ledgerFile, ledgerTopics } from "./program.ts";
import { Publisher } from "./publisher.ts";
import { Runner } from "./runner.ts";
import { judge, slope } from "./verdict.ts";

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
  const fine = (await report(runner, publisher, ledger)) && isEmpty;
  showMemory(samples, options.killsFor + warmUp);
  await runner.stop();
  disk?.kill();
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
    await rest(options.pause);
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

async function untilEmpty(runner: Runner, milliseconds: number): Promise<boolean> {
  const end = Date.now() + milliseconds;
  const sqs = clientOf(runner);
  for (;;) {
    const left = await Promise.all(queues(runner, "queueUrl").map((url) => lengthOf(sqs, url)));
    if (left.every((count) => count === 0)) return true;
    if (Date.now() > end) {
      console.log(`messages still in the queues: ${left.join(", ")}`);
      return false;
    }
    await rest(1000);
  }
}

function queues(runner: Runner, kind: "queueUrl" | "deadLetterQueueUrl"): string[] {
  return ledgerTopics.flatMap((topic) =>
    consumers.map((name) => {
      const found = systemOutputs(runner.ready?.outputs, topic).consumers[name]?.[kind];
      if (found === undefined) throw new Error(`${topic}/${name} has no ${kind}`);
      return found;
    }),
  );
}

async function lengthOf(sqs: SQSClient, QueueUrl: string): Promise<number> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }),
  );
  return (
    Number(Attributes.ApproximateNumberOfMessages) +
    Number(Attributes.ApproximateNumberOfMessagesNotVisible) +
    Number(Attributes.ApproximateNumberOfMessagesDelayed)
  );
}

async function report(runner: Runner, publisher: Publisher, ledger: string): Promise<boolean> {
  let fine = true;
  const sqs = clientOf(runner);
  const deadLetters = queues(runner, "deadLetterQueueUrl").values();
  for (const topic of ledgerTopics) {
    for (const consumer of consumers) {
      const dead = await drain(sqs, deadLetters.next().value ?? "");
      const file = ledgerFile(ledger, topic, consumer);
      const lines = existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n") : [];
      const published = publisher.published[topic] ?? { accepted: [], unknown: [] };
      const { lost, inverted, strange, ...counts } = judge(published, lines, dead);
      const disorder = topic === "soak-ordered" ? inverted : [];
      fine &&= lost.length === 0 && disorder.length === 0 && strange.length === 0;
      console.log(
        `${topic}/${consumer}: ${counts.accepted} accepted (${published.unknown.length} without an answer), ` +
          `${counts.handled} handled, ${counts.repeated} again, ${dead.length} in the dead-letter queue; ` +
          `lost ${lost.length}, out of order ${disorder.length}, strange ${strange.length}`,
      );
      for (const text of [...lost, ...disorder, ...strange].slice(0, 10)) console.log(`  ${text}`);
    }
  }
  return fine;
}

async function drain(sqs: SQSClient, QueueUrl: string): Promise<string[]> {
  const texts: string[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 43_200 }),
    );
    if (Messages.length === 0) return texts;
    texts.push(...Messages.map(({ Body = "" }) => Body));
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

function clientOf({ ready }: Runner): SQSClient {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  return new SQSClient({ endpoint: ready?.url ?? "", region: "eu-west-1", credentials });
}

function between(least: number, most: number): number {
  return least + Math.random() * (most - least);
}

function rest(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

process.exitCode = await main();
