import type { Command } from "../command.ts";
import { giveBack, receive } from "../messages/receiving.ts";
import { messageText, shown } from "../messages/show.ts";
import { count } from "../output/table.ts";
import { describeQueue } from "../stack/queueFacts.ts";
import { findQueue } from "../stack/queues.ts";

const defaultMost = 10;

/** Long enough to receive them all, short enough for what is left hidden when the tool is killed. */
const hideSeconds = 30;

export const peek: Command = {
  name: "peek",
  positionals: ["QUEUE"],
  summary: "messages of a queue, which stay in it",
  details: `SQS shows no message without handing it out: each counts as received once more, is hidden until all are
shown, and goes to the dead-letter queue if that is one receive too many. What is in flight is not shown,
nor what follows in its group.`,
  options: { max: { type: "string", value: "N", about: "at most so many, 1 to 1000 (10)" } },
  async run({ given, stack, show, note }) {
    const { clients } = stack;
    const { name, url } = await findQueue(stack, given.required(0, "QUEUE"));
    const wanted = given.wholeNumber("max", { min: 1, max: 1000 }) ?? defaultMost;
    const { visible, maxReceiveCount } = await describeQueue(clients, url);
    const most = Math.min(wanted, visible);
    const received = await receive(clients, url, { most, hideSeconds });
    await giveBack(clients, url, received);
    const messages = received.map(shown);
    show(
      [
        `${name}: ${messages.length} of ${count(visible, "message")}`,
        ...messages.map(messageText),
      ].join("\n\n"),
      { queue: name, visible, messages },
    );
    if (messages.length > 0 && maxReceiveCount !== undefined) {
      note(`This was a receive; after ${maxReceiveCount} a message goes to the dead-letter queue.`);
    }
  },
};
