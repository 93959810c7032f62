import { agrees, type Command, type Context, consent } from "../command.ts";
import { UsageError } from "../errors.ts";
import { type Move, moveSelected } from "../messages/moving.ts";
import { selectionOf, selectionOptions } from "../messages/selection.ts";
import { count } from "../output.ts";
import { describeQueue, findQueue, type Queue, queuesOf } from "../stack/queues.ts";

export const quarantine: Command = {
  name: "quarantine",
  positionals: ["QUEUE"],
  summary: "takes single messages out of a queue, by default into its dead-letter queue",
  details: `For a message that blocks its group or crashes its function. Pause the consumer first: a message in flight
is not seen. Looking at a message counts as a receive. On a FIFO queue only the first messages of each
group are seen, which is where a message that blocks its group is.`,
  options: {
    ...selectionOptions,
    to: { type: "string", value: "QUEUE", about: "another queue than the dead-letter queue" },
    ...consent,
  },
  async run(context) {
    const { given, stack, show } = context;
    const selects = selectionOf(given);
    if (selects === undefined) throw new UsageError("choose messages with --id or --match");
    const from = await findQueue(stack, given.required(0, "QUEUE"));
    const to = await destinationOf(context, from);
    const { visible: most } = await describeQueue(stack.clients, from.url);
    const doIt = agrees(given);
    const move: Move = { from, to: doIt ? to : undefined, selects, most };
    const { seen, matching } = await moveSelected(context, move);
    const found = `${count(matching, "message")} of ${seen}`;
    const hint = matching === 0 ? "" : "; --yes moves them";
    show(
      doIt
        ? `${from.name}: ${found} moved to ${to.name}`
        : `${from.name}: ${found} to move to ${to.name}${hint}`,
      { queue: from.name, to: to.name, seen, messages: matching, moved: doIt ? matching : 0 },
    );
  },
};

async function destinationOf({ given, stack }: Context, from: Queue): Promise<Queue> {
  const to = given.text("to");
  const found =
    to === undefined
      ? (await queuesOf(stack.clients, from.consumer)).find(({ role }) => role === "deadLetters")
      : await findQueue(stack, to);
  if (found !== undefined && found.url !== from.url) return found;
  throw new UsageError(`name another queue for the messages of ${from.name} with --to`);
}
