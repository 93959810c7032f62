import type { Hop } from "../../local/cloud/trace/hop.ts";
import { hopLine } from "../../local/console/hopLine.ts";
import { shortName } from "../../local/console/shortName.ts";
import type { Command, Context } from "../command.ts";
import { WrongUse } from "../problems.ts";
import type { Clients } from "../stack/clients.ts";
import { hops } from "../stack/hops.ts";
import type { Consumer } from "../stack/outputs.ts";
import { queuesOf } from "../stack/queues.ts";
import type { Stack } from "../stack/stack.ts";

export const tail: Command = {
  name: "tail",
  positionals: ["[SYSTEM or CONSUMER]"],
  summary: "what happens, as it happens, until Ctrl-C",
  details: `On the local run every hop of every event; on a deployed stack what the functions log.`,
  options: {
    since: { type: "string", value: "5m", about: "begin so long ago: 30s, 5m, 2h (from now on)" },
  },
  async run(context) {
    const { stack } = context;
    const since = context.surroundings.now() - ago(context.given.text("since") ?? "0s");
    if (stack.localUrl === undefined) throw new WrongUse("tail follows the local run only");
    await followHops(context, stack.localUrl, since);
  },
};

async function followHops(
  { given, stack, surroundings, show }: Context,
  url: string,
  since: number,
): Promise<void> {
  const wanted = await selection(stack, given.optional(0));
  try {
    for await (const hop of hops(url, surroundings.signal)) {
      if (surroundings.signal.aborted) return;
      if (hop.time >= since && wanted(hop)) show(hopLine(hop, surroundings.colours), hop);
    }
  } catch (error) {
    // Ctrl-C is how one ends it.
    if (!surroundings.signal.aborted) throw error;
  }
}

/** Which hops belong to a system or consumer: by what they touch, and for a system by the event. */
async function selection(stack: Stack, name: string | undefined): Promise<(hop: Hop) => boolean> {
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

const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };

/** `5m` in milliseconds. */
function ago(text: string): number {
  const [, number, unit = ""] = /^(\d+)([smh])$/.exec(text) ?? [];
  const milliseconds = units[unit];
  if (milliseconds !== undefined) return Number(number) * milliseconds;
  throw new WrongUse(`--since is a time such as 30s, 5m or 2h (given "${text}")`);
}
