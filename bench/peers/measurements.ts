import { setTimeout as rest } from "node:timers/promises";
import { runClients } from "./client/runClients.ts";
import type { Collector } from "./collector.ts";
import { consumerNames, type Deployment } from "./deployment.ts";
import type { ServerProcess } from "./servers/serverProcess.ts";
import type { Usage } from "./servers/usage.ts";

/** A server with the fan-outs deployed to it. */
export type Running = {
  readonly process: ServerProcess;
  readonly deployment: Deployment;
  readonly collector: Collector;
};

/** What the client does. */
export type Load = {
  readonly messages: number;
  /** Processes of the client. */
  readonly clients: number;
};

export type Pace = {
  readonly perSecond: number;
  /** Processor time of the server's own process for each, in microseconds. */
  readonly own: number;
  /** The same with the processes that it starts, such as functions. */
  readonly all: number;
};

export type Latency = {
  /** Milliseconds from before the call to the begin of the handler. */
  readonly p50: number;
  readonly p95: number;
};

export type PollableTopic = "standard" | "fifo";

/** Messages that are published to three queues. */
export function publish(running: Running, topic: PollableTopic, load: Load): Promise<Pace> {
  const topicArn = running.deployment[`${topic}Topic`];
  const messages = Math.ceil(load.messages / load.clients);
  const job = { kind: "publish", url: running.process.url, topicArn, messages } as const;
  return measured(running, (begin) => runClients(repeated(job, load.clients), begin));
}

/** Messages that are received and deleted, in batches of ten, until all queues are empty. */
export async function drain(running: Running, topic: PollableTopic, load: Load): Promise<Pace> {
  const queueUrls = running.deployment[`${topic}Queues`];
  const job = { kind: "drain", url: running.process.url, queueUrls } as const;
  return measured(running, async (begin) => {
    const result = await runClients(repeated(job, load.clients), begin);
    const expected = Math.ceil(load.messages / load.clients) * load.clients * queueUrls.length;
    if (result.count < expected) {
      console.error(`of ${expected} messages in the queues, ${result.count} were received`);
    }
    return result;
  });
}

/** Messages that are published to three queues and handled by three functions. */
export async function handle(
  running: Running,
  topicArn: string,
  { messages, clients }: Load,
): Promise<Pace> {
  const each = Math.ceil(messages / clients);
  const job = { kind: "publish", url: running.process.url, topicArn, messages: each } as const;
  return measured(running, async (begin) => {
    const handled = running.collector.collect(each * clients * consumerNames.length);
    let begun = 0;
    await runClients(repeated(job, clients), () => {
      begun = performance.now();
      begin();
    });
    await handled;
    const seconds = (performance.now() - begun) / 1000;
    return { count: each * clients, seconds };
  });
}

const messagesPerSecond = 100;
const objectsPerSecond = 20;
const steadySeconds = 5;

/** At a hundred messages a second. */
export async function handlerLatency({ process, collector }: Running, topicArn: string) {
  const messages = messagesPerSecond * steadySeconds;
  const latencies = collector.collect(messages * consumerNames.length);
  const job = { url: process.url, topicArn, messages, perSecond: messagesPerSecond };
  await runClients([{ kind: "publishSteadily", ...job }]);
  return quantiles(await latencies);
}

/** From the upload of an object to the handler behind bucket, topic and queue, at twenty a second. */
export async function uploadLatency({ process, collector }: Running, bucket: string) {
  const objects = objectsPerSecond * steadySeconds;
  const latencies = collector.collect(objects);
  const job = { url: process.url, bucket, objects, perSecond: objectsPerSecond };
  await runClients([{ kind: "uploadSteadily", ...job }]);
  return quantiles(await latencies);
}

/** Percent of a core that a server uses without a request. */
export async function idle({ process }: Running): Promise<number> {
  const seconds = 5;
  const before = process.usage();
  await rest(seconds * 1000);
  return ((process.usage().own - before.own) / seconds) * 100;
}

async function measured(
  { process }: Running,
  work: (begin: () => void) => Promise<{ readonly count: number; readonly seconds: number }>,
): Promise<Pace> {
  let before: Usage = process.usage();
  const { count, seconds } = await work(() => {
    before = process.usage();
  });
  const after = process.usage();
  const microseconds = (key: "own" | "all") => ((after[key] - before[key]) / count) * 1e6;
  return { perSecond: count / seconds, own: microseconds("own"), all: microseconds("all") };
}

function quantiles(latencies: readonly number[]): Latency {
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.floor(sorted.length * part)] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95) };
}

function repeated<T>(value: T, times: number): T[] {
  return Array.from({ length: times }, () => value);
}
