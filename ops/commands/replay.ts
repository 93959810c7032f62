import { DeleteMessageCommand, type Message } from "@aws-sdk/client-sqs";
import { type Command, type Context, consent } from "../command.ts";
import { giveBack, largestBatch, receive } from "../messages/receiving.ts";
import { type Redelivery, redeliveryOf } from "../messages/redelivery.ts";
import { count } from "../output/table.ts";
import { messageOf, OpsError } from "../problems.ts";
import { describeQueue } from "../stack/queueFacts.ts";
import { findQueue, type Queue } from "../stack/queues.ts";

/** Time enough to bring ten messages again. */
const hideSeconds = 60;

export const replay: Command = {
  name: "replay",
  positionals: ["QUEUE"],
  summary: "brings what SNS could not deliver, or a function failed on, to its consumer again",
  details: `For photos/resize/undelivered and photos/resize/failures, which SQS cannot redrive. Each message is sent to
the consumer's queue as it is, with its attributes, group and deduplication id, or invokes its function,
and is deleted only after that: when this ends halfway, a message may come twice, and none is lost.`,
  options: {
    max: { type: "string", value: "N", about: "at most so many (all that are there)" },
    ...consent,
  },
  async run(context) {
    const { given, stack, show } = context;
    const queue = await findQueue(stack, given.required(0, "QUEUE"));
    const redelivery = redeliveryOf(stack.clients, queue);
    const { visible } = await describeQueue(stack.clients, queue.url);
    const most = given.wholeNumber("max", { min: 1, max: 1_000_000 }) ?? visible;
    const messages = Math.min(most, visible);
    const plan = { queue: queue.name, to: redelivery.to, messages };
    if (!given.flag("yes") || messages === 0) {
      const hint = messages === 0 ? "" : "; --yes does it";
      return show(
        `${queue.name}: ${count(messages, "message")} to bring to ${redelivery.to}${hint}`,
        {
          ...plan,
          replayed: 0,
        },
      );
    }
    const replayed = await replayAll(context, queue, redelivery, messages);
    show(`${queue.name}: ${count(replayed, "message")} brought to ${redelivery.to}`, {
      ...plan,
      replayed,
    });
  },
};

/** What comes back while it works, because it fails again, is left for another time. */
async function replayAll(
  { stack: { clients }, note }: Context,
  { name, url }: Queue,
  redelivery: Redelivery,
  messages: number,
): Promise<number> {
  let replayed = 0;
  while (replayed < messages) {
    const most = Math.min(largestBatch, messages - replayed);
    const batch = await receive(clients, url, { most, hideSeconds });
    if (batch.length === 0) break;
    for (const [index, message] of batch.entries()) {
      try {
        await redelivery.deliver(message);
      } catch (cause) {
        await giveBack(clients, url, batch.slice(index));
        throw failed(
          `${name}: ${replayed} of ${count(messages, "message")} brought`,
          message,
          cause,
        );
      }
      const { ReceiptHandle } = message;
      await clients.sqs(url).send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
      replayed++;
    }
    if (replayed < messages) note(`${replayed} of ${count(messages, "message")} brought ...`);
  }
  return replayed;
}

function failed(progress: string, { MessageId }: Message, cause: unknown): OpsError {
  return new OpsError(`${progress}; message ${MessageId} stays: ${messageOf(cause)}`, { cause });
}
