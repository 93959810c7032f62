import { DeleteMessageCommand, type Message } from "@aws-sdk/client-sqs";
import type { Arguments } from "../arguments.ts";
import { agrees, type Command, type Context, consent } from "../command.ts";
import { messageOf, OpsError, UsageError } from "../errors.ts";
import { giveBack, largestBatch, receive } from "../messages/receiving.ts";
import { type Redelivery, redeliveryOf } from "../messages/redelivery.ts";
import { count } from "../output.ts";
import { describeQueue, findQueue, type Queue } from "../stack/queues.ts";
import { replayArchive } from "./replayArchive.ts";

/** Enough to deliver ten messages. */
const hideSeconds = 60;

export const replay: Command = {
  name: "replay",
  positionals: ["QUEUE or TOPIC"],
  summary: "delivers again what failed, or what a FIFO topic has archived",
  details: `For photos/resize/undelivered and photos/resize/failures, which SQS cannot redrive. Each message is sent to
the consumer's queue with its attributes, group and deduplication id, or invokes its function, and is
deleted after that: an interruption may repeat a message, but loses none.

For a FIFO topic with an archive, such as audit-logs: SNS delivers the messages of a timeframe again to one
consumer (ReplayPolicy), if its filter lets them pass. Until a replay with --to has ended, new messages wait;
they follow after it. A FIFO queue drops messages again that it received in the last five minutes.`,
  options: {
    max: { type: "string", value: "N", about: "the most messages of a queue (all)" },
    consumer: { type: "string", value: "NAME", about: "the consumer that receives the archive" },
    from: {
      type: "string",
      value: "TIME",
      about: "published at that time or later: 2026-01-31T10:00:00Z, beginning",
    },
    to: { type: "string", value: "TIME", about: "published at that time or earlier (now)" },
    ...consent,
  },
  async run(context) {
    const { given, stack, show } = context;
    const name = given.required(0, "QUEUE or TOPIC");
    const isQueue = name.includes("/");
    rejectOptions(
      given,
      isQueue ? ["consumer", "from", "to"] : ["max"],
      isQueue ? "topic" : "queue",
    );
    if (!isQueue) return replayArchive(context, name);
    const queue = await findQueue(stack, name);
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

function rejectOptions(given: Arguments, options: readonly string[], of: string): void {
  const found = options.find((option) => given.text(option) !== undefined);
  if (found !== undefined)
    throw new UsageError(`--${found} is an option for a ${of}; leave it out`);
}

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
