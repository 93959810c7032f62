import { hopLine } from "../../local/console/hopLine.ts";
import { wrapLine } from "../../local/terminal/wrapLine.ts";
import type { Command, Context } from "../command.ts";
import { UsageError } from "../errors.ts";
import { painter } from "../output.ts";
import { cloudNow } from "../stack/cloudTime.ts";
import { hopSelection, hops } from "../stack/hops.ts";
import { logEntries } from "../stack/logs.ts";
import type { Consumer, Stack } from "../stack/stack.ts";

export const tail: Command = {
  name: "tail",
  positionals: ["[SYSTEM or CONSUMER]"],
  summary: "follows what happens, until Ctrl-C",
  details: `On the local run, every hop of every event; on a deployed stack, the logs of the functions, which arrive
some seconds late.`,
  options: {
    since: { type: "string", value: "5m", about: "start that long ago: 30s, 5m, 2h (now)" },
  },
  async run(context) {
    const { given, stack, terminal } = context;
    const before = ago(given.text("since") ?? "0s");
    const follow = stack.localUrl === undefined ? followLogs : followHops;
    try {
      const since = (await cloudNow(stack, terminal)) - before;
      await follow(context, since, stack.localUrl ?? "");
    } catch (error) {
      // Ctrl-C is the usual end.
      if (!terminal.signal.aborted) throw error;
    }
  },
};

async function followHops(context: Context, since: number, url: string): Promise<void> {
  const { given, stack, terminal, show } = context;
  const { signal, colours } = terminal;
  const wanted = await hopSelection(stack, given.optional(0));
  for await (const hop of hops(url, signal)) {
    if (signal.aborted) return;
    if (hop.time < since || !wanted(hop)) continue;
    show(wrapLine(hopLine(hop, colours), terminal.columns?.()), hop);
  }
}

async function followLogs(context: Context, since: number): Promise<void> {
  const { given, stack, terminal, show } = context;
  const { signal, colours, pause } = terminal;
  const paint = painter(colours);
  const consumers = functionsOf(stack, given.optional(0));
  for await (const entry of logEntries(stack.clients, consumers, { since, pause })) {
    if (signal.aborted) return;
    const { time, consumer, message } = entry;
    const when = new Date(time).toISOString().slice(11);
    show(`${paint("dim", when)}  ${paint("cyan", consumer)}  ${message}`, entry);
  }
}

/** The consumers with a function: of all systems, of the named one, or the named consumer. */
function functionsOf(stack: Stack, name: string | undefined): Consumer[] {
  const consumers = consumersOf(stack, name).filter(({ functionName }) => functionName);
  if (consumers.length > 0) return consumers;
  throw new UsageError(`${name ?? "the stack"} has no function, so there is no log`);
}

function consumersOf(stack: Stack, name: string | undefined): readonly Consumer[] {
  if (name === undefined) return stack.systems.flatMap((system) => system.consumers);
  return stack.systemOrConsumer(name).consumers;
}

const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };

/** `5m` in milliseconds. */
function ago(text: string): number {
  const [, number, unit = ""] = /^(\d+)([smh])$/.exec(text) ?? [];
  const milliseconds = units[unit];
  if (milliseconds !== undefined) return Number(number) * milliseconds;
  throw new UsageError(`--since is a time such as 30s, 5m or 2h (given "${text}")`);
}
