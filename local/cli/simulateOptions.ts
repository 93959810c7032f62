import { didYouMean } from "../../aws/nearest.ts";
import { knownRegions, regionPattern } from "../../aws/regions.ts";
import { defaultAccountConcurrency } from "../../aws/scaling.ts";
import { readCount, readMessageBytes, readMilliseconds } from "../cost/quantities.ts";
import type { Scenario } from "../simulation/scenario.ts";
import { flagsOf, parseCommandLine, wholeNumber } from "./commandLine.ts";

export type SimulateOptions = {
  readonly help: boolean;
  readonly json: boolean;
  readonly scenario: Scenario;
  readonly seconds: number;
  /** File for a picture. @default none */
  readonly svg: string | undefined;
};

export const simulateUsage = `fanout simulate [options]

Simulates a topic whose consumers are queues with functions: how Lambda scales, which quota ends it first,
what to change, what it costs. Nothing runs, and nothing is deployed.

  --rate N          messages a second to the topic: 500, 1K, 100K (1K)
  --consumers N     queues with a function each (3)
  --size SIZE       of a message (4KB)
  --batch N         messages of a batch at most (10)
  --window N        seconds that messages are gathered for a batch (0, with --batch above 10: 1)
  --duration TIME   of an invocation (100ms)
  --max-concurrency N
                    of each consumer, 2 to 1000 (what Lambda takes)
  --pollers MIN:MAX provisioned pollers of each consumer (none)
  --account N       concurrent invocations of the account (${defaultAccountConcurrency})
  --publishes N     messages a second that the account may publish (AWS's default of the region)
  --fifo            a FIFO topic with FIFO queues
  --high-throughput with the high throughput of FIFO
  --groups N        message groups that are active at the same time, with --fifo (100)
  --region NAME     whose quotas and prices count (eu-west-1)
  --seconds N       how long the load lasts (600)
  --svg FILE        writes a picture
  --json            prints every second as JSON
  --help            prints this`;

const options = {
  rate: { type: "string", default: "1K" },
  consumers: { type: "string", default: "3" },
  size: { type: "string", default: "4KB" },
  batch: { type: "string", default: "10" },
  window: { type: "string" },
  duration: { type: "string", default: "100ms" },
  "max-concurrency": { type: "string" },
  pollers: { type: "string" },
  account: { type: "string", default: String(defaultAccountConcurrency) },
  publishes: { type: "string" },
  fifo: { type: "boolean", default: false },
  "high-throughput": { type: "boolean", default: false },
  groups: { type: "string", default: "100" },
  region: { type: "string", default: "eu-west-1" },
  seconds: { type: "string", default: "600" },
  svg: { type: "string" },
  json: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

export const simulateFlags = flagsOf(options);

/** @throws Error that says what is wrong with the command line */
export function simulateOptions(argv: readonly string[]): SimulateOptions {
  const { values } = parseCommandLine(
    {
      args: [...argv],
      options,
    },
    "fanout simulate --help",
  );
  const { pollers, "max-concurrency": maximum, fifo } = values;
  if (pollers !== undefined && maximum !== undefined) {
    throw new Error("--pollers and --max-concurrency exclude each other: leave one out");
  }
  const batchSize = wholeNumber("--batch", values.batch, 1, fifo ? 10 : 10_000);
  return {
    help: values.help,
    json: values.json,
    svg: values.svg,
    seconds: wholeNumber("--seconds", values.seconds, 1, 86_400),
    scenario: {
      region: readRegion("--region", values.region),
      perSecond: aboveNothing("--rate", values.rate, readCount),
      bytes: readMessageBytes("--size", values.size),
      consumers: wholeNumber("--consumers", values.consumers, 1, 100),
      fifo,
      highThroughput: values["high-throughput"],
      groups: wholeNumber("--groups", values.groups, 1, 1_000_000),
      batchSize,
      windowSeconds: readWindow(values.window, batchSize, fifo),
      milliseconds: aboveNothing("--duration", values.duration, readMilliseconds),
      maximumConcurrency:
        maximum === undefined ? undefined : wholeNumber("--max-concurrency", maximum, 2, 1000),
      pollers: pollers === undefined ? undefined : readPollers(pollers),
      publishQuota:
        values.publishes === undefined
          ? undefined
          : aboveNothing("--publishes", values.publishes, readCount),
      accountConcurrency: wholeNumber("--account", values.account, 1, 1_000_000),
    },
  };
}

/** Reads a quantity by which others are divided. @throws Error for 0 */
function aboveNothing(
  option: string,
  text: string,
  read: (option: string, text: string) => number,
): number {
  const quantity = read(option, text);
  if (quantity > 0) return quantity;
  throw new Error(`${option} must be more than 0 (given "${text}")`);
}

/** A region that is not listed may be newer than the list. @throws Error unless the text can be one */
function readRegion(option: string, text: string): string {
  if (regionPattern.test(text)) return text;
  const near = didYouMean(text, knownRegions);
  throw new Error(`${option} must be a region such as eu-west-1 (given "${text}")${near}`);
}

/** Lambda demands a window for batches of more than ten messages, and allows none on FIFO queues. */
function readWindow(text: string | undefined, batchSize: number, fifo: boolean): number {
  const least = batchSize > 10 ? 1 : 0;
  return text === undefined ? least : wholeNumber("--window", text, least, fifo ? 0 : 300);
}

function readPollers(text: string): { minimum: number; maximum: number } {
  const [, minimum = "", maximum = ""] = /^(\d+):(\d+)$/.exec(text) ?? [];
  if (minimum === "") throw new Error(`--pollers must be MIN:MAX (given "${text}")`);
  const pollers = {
    minimum: wholeNumber("the minimum of --pollers", minimum, 2, 200),
    maximum: wholeNumber("the maximum of --pollers", maximum, 2, 10_000),
  };
  if (pollers.minimum <= pollers.maximum) return pollers;
  throw new Error(`--pollers must name the smaller number first (given "${text}")`);
}
