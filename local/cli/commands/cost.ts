import { didYouMean } from "../../../aws/nearest.ts";
import { pricesByRegion } from "../../../aws/prices.ts";
import { costText } from "../../cost/costReport.ts";
import { monthlyCost } from "../../cost/monthlyCost.ts";
import { readStack } from "../../cost/readStack.ts";
import { savings } from "../../cost/savings.ts";
import { readProject } from "../../engine/project/project.ts";
import { defaultStack } from "../../run/defaultStack.ts";
import { startProject } from "../../run/projectRun.ts";
import { type CostOptions, costOptions, costUsage } from "../costOptions.ts";
import { printHelp } from "../printHelp.ts";

/**
 * `fanout cost`: runs the program on a local cloud of its own, and calculates from its resources what they cost on
 * AWS at a rate.
 *
 * @returns the exit code
 * @throws Error with a message for the user
 */
export async function cost(argv: readonly string[]): Promise<number> {
  const options = costOptions(argv);
  if (options.help) {
    printHelp(costUsage);
    return 0;
  }
  const { stack, region } = await stackOf(options);
  const { load } = options;
  const prices = pricesOf(options.region ?? region);
  const report = {
    region: options.region ?? region,
    load,
    items: monthlyCost(stack, load, prices),
    savings: savings(stack, load, prices),
  };
  console.log(options.json ? JSON.stringify(report) : costText(report));
  return 0;
}

async function stackOf({ stack, load }: CostOptions) {
  const run = await startProject({
    stack: stack ?? defaultStack(readProject()),
    port: 0,
    print: (stream, text) => stream === "stderr" && process.stderr.write(text),
  });
  try {
    const shape = readStack(run.resources());
    if (shape.topics.length === 0) throw new Error("the program has no topic");
    checkConsumers(
      Object.keys(load.matches),
      shape.topics.flatMap(({ consumers }) => consumers.map(({ name }) => name)),
    );
    return { stack: shape, region: run.cloud.region };
  } finally {
    await run.close();
  }
}

function checkConsumers(wanted: readonly string[], known: readonly string[]): void {
  for (const name of wanted) {
    if (known.includes(name)) continue;
    const near = didYouMean(name, known) || `; subscriptions: ${known.join(", ")}`;
    throw new Error(`--match: there is no subscription "${name}"${near}`);
  }
}

function pricesOf(region: string) {
  const prices = pricesByRegion[region];
  if (prices !== undefined) return prices;
  const known = Object.keys(pricesByRegion).join(", ");
  throw new Error(`there are no prices of the region ${region}; name one by --region (${known})`);
}
