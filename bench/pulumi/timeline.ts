import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import * as v from "valibot";
import { Checkout } from "../../test/harness/pulumi/checkout.ts";
import { pulumiVersion } from "../../test/harness/pulumi/cli.ts";
import type { ResourceStep } from "../../test/harness/pulumi/operated.ts";
import { type Span, timelineChart } from "./timelineChart.ts";
import { waitsInSeries } from "./waits.ts";

const usage = `npm run bench:timeline -- [options]

Deploys topics with the real engine and a stand-in for the AWS provider that takes as long as AWS's. Prints
what the deployment waits for, one after the other. Nothing is asserted.

  --consumers LIST  sizes of the topics (1,10,50)
  --parallel N      resources that the engine creates at once (the engine's default)
  --speed N         the provider's delays pass N times as fast; the engine's own time does not (1)
  --picture FILE    writes the timeline of the last size as SVG`;

const queueType = "aws:sqs/queue:Queue";

/**
 * What the provider takes to create a resource, in seconds: it reads the attributes of a queue until they have been
 * the same six times, five seconds apart (ADR 2). Everything else is a call or two.
 */
const delays: Readonly<Record<string, number>> = { [queueType]: 25, "*": 1 };

const stateFile = v.object({
  checkpoint: v.object({
    latest: v.object({
      resources: v.array(
        v.object({
          urn: v.string(),
          type: v.string(),
          dependencies: v.optional(v.array(v.string())),
        }),
      ),
    }),
  }),
});

/** `npm run bench:timeline` */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      consumers: { type: "string", default: "1,10,50" },
      parallel: { type: "string" },
      speed: { type: "string", default: "1" },
      picture: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return console.log(usage);
  if (pulumiVersion() === undefined) {
    console.log("bench:timeline needs the Pulumi CLI, `pulumi`, on PATH: nothing is measured");
    return;
  }
  console.log("consumers  resources  waits in series  seconds");
  for (const text of values.consumers.split(",")) {
    const consumers = Number(text);
    const { spans, resources, waits } = await deploy(
      consumers,
      Number(values.speed),
      values.parallel,
    );
    const seconds = Math.max(...spans.map(({ to }) => to));
    const columns = [consumers, resources, waits, seconds.toFixed(0)];
    console.log(
      columns.map((each, index) => String(each).padStart([9, 9, 15, 7][index] ?? 0)).join("  "),
    );
    if (values.picture !== undefined) {
      const title = `pulumi up of a topic with ${consumers} consumers`;
      writeFileSync(values.picture, timelineChart(title, spans));
    }
  }
}

async function deploy(consumers: number, speed: number, parallel: string | undefined) {
  const milliseconds = Object.entries(delays).map(([type, seconds]) => [
    type,
    (seconds * 1000) / speed,
  ]);
  await using checkout = await Checkout.create({
    STAND_IN_DELAYS: JSON.stringify(Object.fromEntries(milliseconds)),
    TIMELINE_CONSUMERS: String(consumers),
  });
  const program = "bench/pulumi/timelineProgram.ts";
  const { steps } = await checkout.operate("up", {
    program,
    ...(parallel !== undefined && { parallel: Number(parallel) }),
  });
  const state = v.parse(stateFile, JSON.parse(readFileSync(checkout.statePath(), "utf8")));
  const { resources } = state.checkpoint.latest;
  return {
    spans: spansOf(steps, speed),
    resources: resources.length,
    waits: waitsInSeries(resources, (type) => type === queueType),
  };
}

/** The resources of the provider in the order of their creation, in seconds of AWS. */
function spansOf(steps: readonly ResourceStep[], speed: number): Span[] {
  const created = steps.filter(({ op, urn }) => op === "create" && typeOf(urn).startsWith("aws:"));
  const first = Math.min(...created.map(({ begunAt }) => begunAt));
  const seconds = (time: number) => ((time - first) / 1000) * speed;
  return created
    .map(({ urn, begunAt, endedAt }) => ({
      name: urn.split("::").at(-1) ?? "",
      type: typeOf(urn),
      from: seconds(begunAt),
      to: seconds(endedAt),
    }))
    .sort((a, b) => a.from - b.from);
}

/** The last type of `urn:pulumi:STACK::PROJECT::PARENTS$TYPE::NAME`. */
function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

await main();
