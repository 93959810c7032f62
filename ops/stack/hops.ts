import type { Hop } from "../../local/trace/hop.ts";
import { shortName } from "../../local/trace/shortName.ts";
import { OpsError } from "../errors.ts";
import type { Clients } from "./clients.ts";
import { queuesOf } from "./queues.ts";
import type { Consumer, Stack } from "./stack.ts";

/**
 * Yields the recent hops of a local run, then further hops as they happen.
 *
 * @param url endpoint of the run
 */
export async function* hops(url: string, signal: AbortSignal): AsyncGenerator<Hop, void> {
  const response = await fetch(`${url}/_fanout/events`, { signal });
  if (!response.ok || response.body === null) {
    throw new OpsError(`${url} answers ${response.status} instead of a stream of events`);
  }
  let rest = "";
  for await (const text of untilEnd(response.body, url)) {
    const blocks = (rest + text).split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const [event, ...lines] = block.split("\n");
      const data = lines.find((line) => line.startsWith("data: "))?.slice("data: ".length);
      if (event === "event: hop" && data !== undefined) yield JSON.parse(data);
    }
  }
}

async function* untilEnd(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  url: string,
): AsyncGenerator<string, never> {
  try {
    yield* body.pipeThrough(new TextDecoderStream());
  } catch (cause) {
    throw new OpsError(`the local run at ${url} has ended`, { cause });
  }
  throw new OpsError(`the local run at ${url} has ended`);
}

/**
 * Returns a filter of the hops of a system or consumer. For a system it selects all hops of an event from the
 * first one on that reached the system.
 *
 * @param name undefined selects all hops
 */
export async function hopSelection(
  stack: Stack,
  name: string | undefined,
): Promise<(hop: Hop) => boolean> {
  if (name === undefined) return () => true;
  const { system, consumers } = stack.systemOrConsumer(name);
  const parts = await Promise.all(consumers.map((consumer) => namesOf(stack.clients, consumer)));
  if (system === undefined) return (hop) => touches(hop, parts.flat());
  const { topicArn } = system;
  const names = [...(topicArn === undefined ? [] : [shortName(topicArn)]), ...parts.flat()];
  const events = new Set<string>();
  return (hop) => {
    if (touches(hop, names)) events.add(hop.event);
    return events.has(hop.event);
  };
}

function touches({ from, to }: Hop, names: readonly string[]): boolean {
  return names.includes(shortName(from)) || names.includes(shortName(to));
}

/** The names of a consumer's queues and function in hops. */
async function namesOf(clients: Clients, consumer: Consumer): Promise<string[]> {
  const queues = await queuesOf(clients, consumer);
  return [...queues.map(({ url }) => url.split("/").at(-1)), consumer.functionName].filter(
    (name) => name !== undefined,
  );
}
