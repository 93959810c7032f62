import type { BatchResultErrorEntry, PublishBatchResultEntry } from "@aws-sdk/client-sns";
import { PublishError } from "./errors.ts";
import type { Published, Unpublished } from "./outcome.ts";
import type { PreparedMessage } from "./prepare.ts";

/** A message of a batch, with its index in the call. */
export type Entry = PreparedMessage & { readonly index: number };

export type BatchResult = {
  readonly Successful?: PublishBatchResultEntry[] | undefined;
  readonly Failed?: BatchResultErrorEntry[] | undefined;
};

export type BatchSender = {
  /** Sends one `PublishBatch`. The ids of its entries are the indexes. */
  readonly send: (entries: readonly Entry[]) => Promise<BatchResult>;
  /** Waits before another attempt. @param attempt of those that failed, from 1 */
  readonly pause: (attempt: number) => Promise<void>;
  /** Whether the messages of a group must stay in order. */
  readonly ordered: boolean;
};

/** Attempts for a message that SNS itself fails on. */
const mostAttempts = 5;

/**
 * Publishes batches one after another. Messages that SNS fails on are sent again, the others are not. Once a
 * message of an ordered group failed for good, the later ones of the group are not sent. Once a request failed
 * as a whole, for example because access was denied, nothing more is sent.
 *
 * @returns by the index of the message
 * @throws PublishError that lists every message that was not published
 */
export async function publishBatches(
  batches: readonly (readonly Entry[])[],
  sender: BatchSender,
): Promise<Published[]> {
  const run = new BatchRun(sender);
  for (const batch of batches) await run.publish(batch);
  return run.result(batches.flat().length);
}

class BatchRun {
  readonly #sender: BatchSender;
  readonly #published = new Map<number, Published>();
  readonly #failed = new Map<number, Unpublished>();
  /** The groups with a message that failed. */
  readonly #failedGroups = new Set<string | undefined>();
  /** Why a request failed as a whole. */
  #cause: unknown;

  constructor(sender: BatchSender) {
    this.#sender = sender;
  }

  async publish(batch: readonly Entry[]): Promise<void> {
    const ready = batch.filter((entry) => !this.#isHeldBack(entry));
    try {
      await this.#attempt(ready);
    } catch (error) {
      this.#cause = error;
      for (const { index } of ready) this.#failWithRequest(index, error);
    }
    for (const entry of batch) this.#conclude(entry);
  }

  /** @throws PublishError unless all messages were published */
  result(count: number): Published[] {
    const results = Array.from({ length: count }, (_, index) => this.#published.get(index));
    const failed = [...this.#failed.values()].sort((a, b) => a.index - b.index);
    if (failed.length > 0) throw new PublishError(results, failed, { cause: this.#cause });
    return results.flatMap((result) => result ?? []);
  }

  #isHeldBack({ group }: Entry): boolean {
    return this.#cause !== undefined || (this.#sender.ordered && this.#failedGroups.has(group));
  }

  async #attempt(batch: readonly Entry[]): Promise<void> {
    let left = batch;
    for (let attempt = 1; left.length > 0; attempt++) {
      const { Successful = [], Failed = [] } = await this.#sender.send(left);
      for (const entry of Successful) this.#published.set(Number(entry.Id), publishedFrom(entry));
      for (const entry of Failed) this.#failed.set(Number(entry.Id), unpublishedFrom(entry));
      left = left.filter(({ index }) => this.#failed.get(index)?.senderFault === false);
      if (left.length === 0 || attempt === mostAttempts) return;
      for (const { index } of left) this.#failed.delete(index);
      await this.#sender.pause(attempt);
    }
  }

  #failWithRequest(index: number, error: unknown): void {
    if (this.#published.has(index) || this.#failed.has(index)) return;
    const code = error instanceof Error ? error.name : "Error";
    this.#failed.set(index, { index, code, reason: messageOf(error), senderFault: false });
  }

  #conclude({ index, group }: Entry): void {
    if (this.#published.has(index)) return;
    this.#failedGroups.add(group);
    if (this.#failed.has(index)) return;
    const reason = this.#cause === undefined ? heldBack(group) : messageOf(this.#cause);
    this.#failed.set(index, { index, code: "NotSent", reason, senderFault: false });
  }
}

function publishedFrom({ MessageId = "", SequenceNumber }: PublishBatchResultEntry): Published {
  return {
    messageId: MessageId,
    ...(SequenceNumber !== undefined && { sequenceNumber: SequenceNumber }),
  };
}

function unpublishedFrom(entry: BatchResultErrorEntry): Unpublished {
  const { Id, Code = "", Message = "", SenderFault = false } = entry;
  return { index: Number(Id), code: Code, reason: Message, senderFault: SenderFault };
}

function heldBack(group: string | undefined): string {
  return `an earlier message of the group "${group}" failed`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
