import { randomUUID } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { AwsError } from "../../../protocol/awsError.ts";
import { transaction, withinTransaction } from "../../../storage/store.ts";
import type { Clock } from "../../../time/clock.ts";
import type { Trace } from "../../../trace/trace.ts";
import { invalidParameterValue } from "../errors.ts";
import type { NewMessage, SentMessage } from "../interface.ts";
import type { MessageTable } from "../messageTable.ts";
import type { Definition } from "../queue.ts";
import { sequenceNumber } from "../systemAttributes.ts";
import type { Watchers } from "../watchers.ts";
import type { Deduplication } from "./deduplication.ts";
import { contentBasedDeduplicationId, md5OfAttributes, md5OfBody } from "./digest.ts";
import { checkFifo, checkMessage, messageSize } from "./messageRules.ts";

type Parts = {
  readonly store: DatabaseSync;
  readonly clock: Clock;
  readonly trace: Trace;
  readonly messages: MessageTable;
  readonly deduplication: Deduplication;
  readonly watchers: Watchers;
};

/** Takes messages into queues. */
export class Sending {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  send(queue: Definition, message: NewMessage): SentMessage {
    checkMessage(queue, message);
    checkSize(queue, message, "are invalid");
    // A standard queue's message is one statement, which needs no transaction of its own.
    if (!queue.fifo) return this.#accept(queue, message);
    return withinTransaction(this.#parts.store, () => this.#accept(queue, message));
  }

  /** Sends each message separately, in order. Throws if AWS would reject the batch as a whole. */
  sendBatch(queue: Definition, messages: readonly NewMessage[]): (SentMessage | AwsError)[] {
    if (queue.fifo) checkBatchForFifo(queue, messages);
    return transaction(this.#parts.store, () =>
      messages.map((message) => {
        try {
          checkMessage(queue, message);
          checkSize(queue, message, "cannot be validated");
        } catch (error) {
          if (error instanceof AwsError) return error;
          throw error;
        }
        return this.#accept(queue, message);
      }),
    );
  }

  #accept(queue: Definition, message: NewMessage): SentMessage {
    if (!queue.fifo) return sent(message, { messageId: this.#keep(queue, message).messageId });
    const { messageId, sequence } = this.#keepOnce(queue, message);
    return sent(message, { messageId, sequenceNumber: sequenceNumber(sequence) });
  }

  /** Stores a message of a FIFO queue. For a duplicate it returns the ids of the first message. */
  #keepOnce(queue: Definition, message: NewMessage) {
    const { deduplication, clock, trace } = this.#parts;
    const id = message.deduplicationId ?? contentBasedDeduplicationId(message.body);
    const scope = queue.settings.deduplicatesByGroup ? (message.groupId ?? "") : "";
    const now = clock.now();
    const original = deduplication.find(queue.id, scope, id, now);
    if (original === undefined) {
      const kept = this.#keep(queue, { ...message, deduplicationId: id });
      deduplication.add(queue.id, scope, id, kept, now);
      return kept;
    }
    const { messageId } = original;
    const event = message.event ?? messageId;
    trace.record(event, message.from, queue.arn, { kind: "deduplicated", messageId });
    return original;
  }

  #keep(queue: Definition, message: NewMessage) {
    const { messages, clock, trace, watchers } = this.#parts;
    const messageId = randomUUID();
    const event = message.event ?? messageId;
    // A FIFO queue knows only its own delay: that of a message can be no other than 0, which it ignores.
    const delaySeconds = queue.fifo
      ? queue.settings.delaySeconds
      : (message.delaySeconds ?? queue.settings.delaySeconds);
    const sentAt = clock.now();
    const visibleAt = sentAt + delaySeconds * 1000;
    const sequence = messages.insert(queue.id, queue.fifo, {
      messageId,
      body: message.body,
      attributes: message.attributes === undefined ? null : JSON.stringify(message.attributes),
      groupId: message.groupId ?? null,
      deduplicationId: message.deduplicationId ?? null,
      traceHeader: message.traceHeader ?? null,
      senderId: message.senderId,
      sourceArn: null,
      event,
      sentAt,
      visibleAt,
      receiveCount: 0,
      firstReceivedAt: null,
    });
    trace.record(event, message.from, queue.arn, {
      ...{ kind: "queued", messageId, delaySeconds },
      ...(message.traceHeader !== undefined && { traceHeader: message.traceHeader }),
    });
    watchers.receivableAt(queue.id, visibleAt);
    return { messageId, sequence };
  }
}

/** The digests are for senders by the API alone, so they are computed when they are read. */
function sent(
  { body, attributes }: NewMessage,
  ids: Pick<SentMessage, "messageId" | "sequenceNumber">,
): SentMessage {
  return {
    ...ids,
    get md5OfBody() {
      return md5OfBody(body);
    },
    get md5OfAttributes() {
      return md5OfAttributes(attributes);
    },
  };
}

function checkSize(
  { settings }: Definition,
  { body, attributes }: NewMessage,
  wording: "are invalid" | "cannot be validated",
): void {
  if (messageSize(body, attributes) <= settings.maximumMessageSize) return;
  throw invalidParameterValue(
    `One or more parameters ${wording}. Reason: Message must be shorter than ${settings.maximumMessageSize} bytes.`,
  );
}

/** What a FIFO queue needs is missing: in a batch, AWS calls that an invalid parameter, of the whole batch. */
function checkBatchForFifo(queue: Definition, messages: readonly NewMessage[]): void {
  for (const message of messages) {
    try {
      checkFifo(queue, message);
    } catch (error) {
      throw error instanceof AwsError ? invalidParameterValue(error.message) : error;
    }
  }
}
