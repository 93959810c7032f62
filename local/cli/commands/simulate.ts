import { writeFileSync } from "node:fs";
import { pricesByRegion } from "../../../aws/prices.ts";
import { chart } from "../../simulation/chart.ts";
import { quotasOf } from "../../simulation/quotas.ts";
import { simulationText } from "../../simulation/report.ts";
import { scenarioCost } from "../../simulation/scenarioCost.ts";
import { simulate as run } from "../../simulation/simulate.ts";
import { printHelp } from "../printHelp.ts";
import { simulateOptions, simulateUsage } from "../simulateOptions.ts";

/**
 * `fanout simulate`
 *
 * @returns the exit code
 * @throws Error with a message for the user
 */
export async function simulate(argv: readonly string[]): Promise<number> {
  const { help, json, scenario, seconds, svg } = simulateOptions(argv);
  if (help) {
    printHelp(simulateUsage);
    return 0;
  }
  const moments = run(scenario, seconds);
  const prices = pricesByRegion[scenario.region];
  const dollars = prices && scenarioCost(scenario, prices);
  if (svg !== undefined) {
    const title = `${scenario.perSecond.toLocaleString("en")} messages a second`;
    writeFileSync(svg, chart(title, moments));
  }
  console.log(
    json
      ? JSON.stringify({ scenario, quotas: quotasOf(scenario), moments, dollars })
      : simulationText(scenario, moments, dollars),
  );
  return 0;
}
