import { DeleteMessageCommand, type Message } from "@aws-sdk/client-sqs";
import { agrees, type Command, type Context, consent } from "../command.ts";
import { messageOf, OpsError } from "../errors.ts";
import { giveBack, largestBatch, receive } from "../messages/receiving.ts";
import { type Redelivery, redeliveryOf } from "../messages/redelivery.ts";
import { count } from "../output.ts";
import { describeQueue, findQueue, type Queue } from "../stack/queues.ts";

/** Enough to deliver ten messages. */
const hideSeconds = 60;

export const replay: Command = {
  name: "replay",
  positionals: ["QUEUE"],
  summary: "delivers again what SNS could not deliver, or a function failed on",
  details: `For photos/resize/undelivered and photos/resize/failures, which SQS cannot redrive. Each message is sent to
the consumer's queue with its attributes, group and deduplication id, or invokes its function, and is
deleted after that: an interruption may repeat a message, but loses none.`,
  options: {
    max: { type: "string", value: "N", about: "the most messages (all)" },
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
    if (!agrees(given) || messages === 0) {
      const hint = messages === 0 ? "" : "; --yes replays them";
      return show(
        `${queue.name}: ${count(messages, "message")} to replay to ${redelivery.to}${hint}`,
        {
          ...plan,
          replayed: 0,
        },
      );
    }
    const replayed = await replayAll(context, queue, redelivery, messages);
    show(`${queue.name}: ${count(replayed, "message")} replayed to ${redelivery.to}`, {
      ...plan,
      replayed,
    });
  },
};

/** Messages that return because they fail again are not replayed a second time. */
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
          `${name}: ${replayed} of ${count(messages, "message")} replayed`,
          message,
          cause,
        );
      }
      const { ReceiptHandle } = message;
      await clients.sqs(url).send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
      replayed++;
    }
    if (replayed < messages) note(`${replayed} of ${count(messages, "message")} replayed ...`);
  }
  return replayed;
}

function failed(progress: string, { MessageId }: Message, cause: unknown): OpsError {
  return new OpsError(`${progress}; message ${MessageId} stays in the queue: ${messageOf(cause)}`, {
    cause,
  });
}
