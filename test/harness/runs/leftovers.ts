import { countsOf } from "./sinks.ts";
import type { RunningSystems } from "./systems.ts";

/** How many dead letters each consumer of a system has, where it can have any. */
export async function deadLettersOf(
  test: Pick<RunningSystems, "clients" | "system">,
  system: string,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const [name, consumer] of Object.entries(test.system(system).consumers)) {
    if (consumer.deadLetterQueueUrl === undefined) continue;
    counts[name] = (await countsOf(test, consumer.deadLetterQueueUrl)).visible;
  }
  return counts;
}

/** How many messages wait or are in flight in each consumer's queue. */
export async function backlogOf(
  test: Pick<RunningSystems, "clients" | "system">,
  system: string,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const [name, consumer] of Object.entries(test.system(system).consumers)) {
    if (consumer.queueUrl === undefined) continue;
    const { visible, inFlight } = await countsOf(test, consumer.queueUrl);
    counts[name] = visible + inFlight;
  }
  return counts;
}
