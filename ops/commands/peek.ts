import type { Command } from "../command.ts";
import { giveBack, receive } from "../messages/receiving.ts";
import { messageText, shown } from "../messages/show.ts";
import { count } from "../output.ts";
import { failureReasons } from "../stack/failureReasons.ts";
import { describeQueue, findQueue } from "../stack/queues.ts";

const defaultMost = 10;

/** Long enough to receive all of them, short in case the tool is killed meanwhile. */
const hideSeconds = 30;

export const peek: Command = {
  name: "peek",
  positionals: ["QUEUE"],
  summary: "shows messages of a queue, which stay in it",
  details: `SQS has no way to read a message without receiving it: each receive counts, hides the message until all are
shown, and may move it to the dead-letter queue. Messages in flight are not shown, nor those that follow them
in their group. On the local run, each is shown with the reason for which it failed last.`,
  options: { max: { type: "string", value: "N", about: "the most messages, 1 to 1000 (10)" } },
  async run({ given, stack, show, note }) {
    const { clients } = stack;
    const { name, url } = await findQueue(stack, given.required(0, "QUEUE"));
    const wanted = given.wholeNumber("max", { min: 1, max: 1000 }) ?? defaultMost;
    const { arn, visible, maxReceiveCount } = await describeQueue(clients, url);
    const most = Math.min(wanted, visible);
    const received = await receive(clients, url, { most, hideSeconds });
    await giveBack(clients, url, received);
    const reasons = await failureReasons(stack.localUrl, arn);
    const messages = received.map((message) => {
      const failure = reasons.get(message.MessageId ?? "");
      return { ...shown(message), ...(failure !== undefined && { failure }) };
    });
    show(
      [
        `${name}: ${messages.length} of ${count(visible, "message")}`,
        ...messages.map(messageText),
      ].join("\n\n"),
      { queue: name, visible, messages },
    );
    if (messages.length > 0 && maxReceiveCount !== undefined) {
      note(
        `This counted as a receive; after ${maxReceiveCount} a message moves to the dead-letter queue.`,
      );
    }
  },
};
