import type { ParseArgsConfig } from "node:util";
import type { Load } from "../cost/load.ts";
import { readBytes, readCount, readMessageBytes, readMilliseconds } from "../cost/quantities.ts";
import { flagsOf, parseCommandLine, wholeNumber } from "./commandLine.ts";

export type CostOptions = {
  readonly help: boolean;
  readonly json: boolean;
  /** @default the only stack that has a file, or dev */
  readonly stack: string | undefined;
  /** Whose prices count. @default the stack's */
  readonly region: string | undefined;
  readonly load: Load;
};

export const costUsage = `fanout cost [options]

Calculates what the program of this folder costs a month on AWS, by service and consumer, and what other
choices would save. The program runs on a local cloud of its own; nothing is deployed.

  --events N        messages a month to each topic: 250000, 100K, 10M (10M)
  --size SIZE       of a message: 800B, 4KB (4KB)
  --publish-batch N messages of a publication, up to 10 with PublishBatch (1)
  --duration TIME   of an invocation: 100ms, 2s (100ms)
  --batch N         messages of an average batch (what the rate and the mapping's settings give)
  --match NAME=PART part of the messages that the filter of a subscription accepts, such as
                    orders-billing=0.2; may be repeated (1)
  --logs SIZE       what an invocation logs (500B)
  --stack NAME      reads Pulumi.NAME.yaml (the only stack, or dev)
  --region NAME     whose prices count: us-east-1, eu-west-1, eu-central-1 (the stack's)
  --json            prints the result as JSON
  --help            prints this`;

const options = {
  events: { type: "string", default: "10M" },
  size: { type: "string", default: "4KB" },
  "publish-batch": { type: "string", default: "1" },
  duration: { type: "string", default: "100ms" },
  batch: { type: "string" },
  match: { type: "string", multiple: true, default: [] },
  logs: { type: "string", default: "500B" },
  stack: { type: "string" },
  region: { type: "string" },
  json: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} satisfies ParseArgsConfig["options"];

export const costFlags = flagsOf(options);

/** @throws Error that says what is wrong with the command line */
export function costOptions(argv: readonly string[]): CostOptions {
  const { values } = parseCommandLine(
    {
      args: [...argv],
      options,
    },
    "fanout cost --help",
  );
  return {
    help: values.help,
    json: values.json,
    stack: values.stack,
    region: values.region,
    load: {
      events: readCount("--events", values.events),
      bytes: readMessageBytes("--size", values.size),
      publishBatch: wholeNumber("--publish-batch", values["publish-batch"], 1, 10),
      milliseconds: readMilliseconds("--duration", values.duration),
      batch:
        values.batch === undefined ? undefined : wholeNumber("--batch", values.batch, 1, 10_000),
      matches: Object.fromEntries(values.match.map(readMatch)),
      logBytes: readBytes("--logs", values.logs),
    },
  };
}

function readMatch(text: string): [name: string, part: number] {
  const [, name, part] = /^([^=]+)=(0|1|0?\.\d+)$/.exec(text) ?? [];
  if (name !== undefined && part !== undefined) return [name, Number(part)];
  throw new Error(`--match must be NAME=PART with a part from 0 to 1 (given "${text}")`);
}
