import { shortName } from "../../local/console/shortName.ts";
import type { Hop } from "../../local/trace/hop.ts";
import type { Clients } from "./clients.ts";
import type { Consumer } from "./outputs.ts";
import { queuesOf } from "./queues.ts";
import type { Stack } from "./stack.ts";

/**
 * Which hops belong to a system or consumer: those that touch it, and for a system all of an event that
 * has touched it.
 *
 * @param name all hops when absent
 */
export async function hopSelection(
  stack: Stack,
  name: string | undefined,
): Promise<(hop: Hop) => boolean> {
  if (name === undefined) return () => true;
  if (name.includes("/")) {
    const names = await namesOf(stack.clients, stack.consumer(name));
    return (hop) => touches(hop, names);
  }
  const { topicArn, consumers } = stack.system(name);
  const parts = await Promise.all(consumers.map((consumer) => namesOf(stack.clients, consumer)));
  const names = [shortName(topicArn), ...parts.flat()];
  const events = new Set<string>();
  return (hop) => {
    if (touches(hop, names)) events.add(hop.event);
    return events.has(hop.event);
  };
}

function touches({ from, to }: Hop, names: readonly string[]): boolean {
  return names.includes(shortName(from)) || names.includes(shortName(to));
}

/** What hops call a consumer's queues and function. */
async function namesOf(clients: Clients, consumer: Consumer): Promise<string[]> {
  const queues = await queuesOf(clients, consumer);
  return [...queues.map(({ url }) => url.split("/").at(-1)), consumer.functionName].filter(
    (name) => name !== undefined,
  );
}
