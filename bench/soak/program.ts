import path from "node:path";
import { FanoutTopic } from "../../components/index.ts";
import { readSettings } from "../../settings.ts";
import { deploySystems, systemNames } from "../../systems/index.ts";
import { topicOutputs } from "../../systems/shared/system.ts";

export const consumers = ["first", "second"] as const;
export const ledgerTopics = ["soak", "soak-ordered"] as const;

/**
 * Every system, and two topics, one of them FIFO, whose consumers write down what they handle.
 *
 * @param ledger the folder that they write to
 */
export async function program(ledger: string): Promise<object> {
  const systems = await deploySystems(readSettings(systemNames));
  const entry = "bench/soak/handler.ts";
  const ledgers = ledgerTopics.map((name) => {
    const topic = new FanoutTopic(name, {
      fifo: name === "soak-ordered",
      consumers: consumers.map((consumer) => ({
        name: consumer,
        maxReceiveCount: 100,
        rawDelivery: true,
        handler: { entry, environment: { LEDGER: ledgerFile(ledger, name, consumer) } },
      })),
    });
    return [name, topicOutputs(topic)];
  });
  return { systems: { ...systems, ...Object.fromEntries(ledgers) } };
}

/** Where a consumer writes. */
export function ledgerFile(ledger: string, topic: string, consumer: string): string {
  return path.join(ledger, `${topic}-${consumer}`);
}
