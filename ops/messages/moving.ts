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
  const look: Look = { seen: new Set(), staying: new Map(), matching: 0 };
  try {
    while (look.seen.size < most) {
      const size = Math.min(largestBatch, most - look.seen.size);
      const batch = await receive(clients, from.url, { most: size, hideSeconds });
      if (batch.length === 0) break;
      for (const message of batch) look.staying.set(idOf(message), message);
      for (const message of batch) await moveIfSelected(context, move, message, look);
      const { seen, matching } = look;
      if (seen.size < most)
        context.note(`${matching} of ${count(seen.size, "message")} selected ...`);
    }
  } finally {
    await giveBack(clients, from.url, [...look.staying.values()]);
  }
  return { seen: look.seen.size, matching: look.matching };
}

/** What is known of the queue's messages, by their ids: one that is received again has another handle. */
type Look = {
  readonly seen: Set<string>;
  readonly staying: Map<string, Message>;
  matching: number;
};

function idOf({ MessageId = "" }: Message): string {
  return MessageId;
}

async function moveIfSelected(
  context: Context,
  move: Move,
  message: Message,
  look: Look,
): Promise<void> {
  const id = idOf(message);
  if (context.terminal.signal.aborted) throw interrupted(move, look.matching);
  // At a low rate, those that stay are visible again before the end.
  if (look.seen.has(id)) return;
  look.seen.add(id);
  if (!move.selects(message)) return;
  const moved = await moveOne(context, move, message);
  look.matching++;
  if (moved) look.staying.delete(id);
  await pauseFor(context, move, look.matching);
}

/** @returns whether the message has left its queue */
async function moveOne(
  { stack: { clients } }: Context,
  { from, to, copies = false }: Move,
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
  return !copies;
}

async function pauseFor({ terminal }: Context, move: Move, matching: number): Promise<void> {
  if (move.rate === undefined || move.to === undefined) return;
  await terminal.pause(1000 / move.rate).catch((cause: unknown) => {
    throw interrupted(move, matching, cause);
  });
}

function interrupted({ from, to, copies }: Move, matching: number, cause?: unknown): OpsError {
  const done =
    to === undefined
      ? "nothing was moved"
      : `${count(matching, "message")} ${copies ? "copied" : "moved"} to ${to.name}`;
  return new OpsError(`${from.name}: interrupted; ${done}`, { cause });
}
