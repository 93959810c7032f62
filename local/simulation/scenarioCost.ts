import type { Prices } from "../../aws/prices.ts";
import { monthSeconds } from "../cost/load.ts";
import { monthlyCost, total } from "../cost/monthlyCost.ts";
import type { ConsumerShape } from "../cost/stackShape.ts";
import type { Scenario } from "./scenario.ts";

/** Of the consumers' functions. */
const handler = { memoryMb: 256, architecture: "arm64", retentionDays: 30 } as const;

/** What an invocation logs, in bytes. */
const logBytes = 500;

/** What a scenario costs a month at its rate, in US dollars, with full batches. */
export function scenarioCost(scenario: Scenario, prices: Prices): number {
  const { perSecond, bytes, milliseconds, batchSize, fifo } = scenario;
  const consumers = Array.from({ length: scenario.consumers }, (_, index): ConsumerShape => {
    return {
      name: String(index + 1),
      protocol: "sqs",
      raw: true,
      filter: "none",
      queue: {
        fifo,
        mapping: {
          batchSize,
          windowSeconds: scenario.windowSeconds ?? 0,
          maximumConcurrency: scenario.maximumConcurrency,
          minimumPollers: scenario.pollers?.minimum,
        },
      },
      handler,
    };
  });
  const stack = { topics: [{ name: "topic", fifo, consumers }], alarms: 0, keys: 0 };
  const events = perSecond * monthSeconds;
  const load = { events, bytes, milliseconds, batch: batchSize, matches: {}, logBytes };
  return total(monthlyCost(stack, load, prices));
}
