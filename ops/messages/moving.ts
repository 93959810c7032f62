import { DeleteMessageCommand, type Message } from "@aws-sdk/client-sqs";
import type { Context } from "../command.ts";
import { messageOf, OpsError } from "../errors.ts";
import { count } from "../output.ts";
import type { Queue } from "../stack/queues.ts";
import { giveBack, largestBatch, receive } from "./receiving.ts";
import type { Selection } from "./selection.ts";
import { sendCopy } from "./sending.ts";

/** Messages that stay must not be received twice in one run. */
const hideSeconds = 600;

export type Move = {
  readonly from: Pick<Queue, "name" | "url">;
  /** Undefined to count only. */
  readonly to: Pick<Queue, "name" | "url"> | undefined;
  readonly selects: Selection;
  /** The most messages to look at. */
  readonly most: number;
  /** Messages a second. @default as fast as possible */
  readonly rate?: number | undefined;
  /** Whether the messages also stay where they are. */
  readonly copies?: boolean;
};

export type MoveResult = { readonly seen: number; readonly matching: number };

/**
 * Moves messages of a queue that a selection chooses, which SQS's own move task cannot do. Each is sent and then
 * deleted: an interruption may leave it in both queues, but loses none. The others become visible again at the end.
 *
 * Looking at a message counts as a receive. On a FIFO queue only the first messages of a group are seen.
 */
export async function moveSelected(context: Context, move: Move): Promise<MoveResult> {
  const { clients } = context.stack;
  const { from, most } = move;
  const staying: Message[] = [];
  let seen = 0;
  let matching = 0;
  try {
    while (seen < most && !context.terminal.signal.aborted) {
      const size = Math.min(largestBatch, most - seen);
      const batch = await receive(clients, from.url, { most: size, hideSeconds });
      if (batch.length === 0) break;
      staying.push(...batch);
      for (const message of batch) {
        seen++;
        if (!move.selects(message)) continue;
        const moved = await moveOne(context, move, message);
        matching++;
        if (moved) staying.splice(staying.indexOf(message), 1);
      }
      if (seen < most) context.note(`${matching} of ${count(seen, "message")} selected ...`);
    }
  } finally {
    await giveBack(clients, from.url, staying);
  }
  return { seen, matching };
}

/** @returns whether the message has left its queue */
async function moveOne(
  { stack: { clients }, terminal }: Context,
  { from, to, rate, copies = false }: Move,
  message: Message,
): Promise<boolean> {
  if (to === undefined) return false;
  const { MessageId, ReceiptHandle } = message;
  try {
    // With the id of its first delivery, a FIFO queue would drop the message for 5 minutes.
    const isFifo = to.url.endsWith(".fifo");
    await sendCopy(clients, to.url, message, isFifo ? MessageId : undefined);
    if (!copies) {
      const command = new DeleteMessageCommand({ QueueUrl: from.url, ReceiptHandle });
      await clients.sqs(from.url).send(command);
    }
  } catch (cause) {
    throw new OpsError(
      `message ${MessageId} stays in ${from.name}; it could not be moved to ${to.name}: ${messageOf(cause)}`,
      { cause },
    );
  }
  if (rate !== undefined) await terminal.pause(1000 / rate);
  return !copies;
}
