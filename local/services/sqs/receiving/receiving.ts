import type { DatabaseSync } from "node:sqlite";
import { accountRootArn } from "../../../../aws/arn.ts";
import type { MessageAttributes } from "../../../../aws/messageAttributes.ts";
import { account } from "../../../arn.ts";
import { transaction } from "../../../storage/store.ts";
import type { Clock } from "../../../time/clock.ts";
import type { Trace } from "../../../trace/trace.ts";
import type { Fairness } from "../fairness/fairness.ts";
import type { ReceivedMessage } from "../interface.ts";
import type { MessageTable, StoredMessage } from "../messageTable.ts";
import type { DeadLetters } from "../moving/deadLetters.ts";
import { pick } from "../picking.ts";
import type { Definition } from "../queue.ts";
import { md5OfAttributes, md5OfBody } from "../sending/digest.ts";
import { notForThisType } from "../sending/messageRules.ts";
import { systemAttributes } from "../systemAttributes.ts";
import type { Watchers } from "../watchers.ts";
import type { InFlightLimit } from "./inFlightLimit.ts";
import { checkVisibilityTimeout, receiptHandle } from "./receipts.ts";
import type { ReceiveAttempts } from "./receiveAttempts.ts";
import type { StandardDelivery } from "./standardDelivery.ts";

export type ReceiveOptions = {
  /** 1 or more; callers over the wire are held to 10 there. */
  readonly maxMessages: number;
  /** 0 to 43,200. @default the queue's visibility timeout */
  readonly visibilityTimeoutSeconds?: number;
  /** FIFO queues only: a receive with the same id within five minutes returns the same messages. */
  readonly attemptId?: string;
  /** ARN of the receiver, for the trace. @default the owner of the account */
  readonly receiver?: string;
};

type Parts = {
  readonly store: DatabaseSync;
  readonly clock: Clock;
  readonly trace: Trace;
  readonly messages: MessageTable;
  readonly attempts: ReceiveAttempts;
  readonly deadLetters: DeadLetters;
  readonly inFlightLimit: InFlightLimit;
  readonly fairness: Fairness;
  readonly watchers: Watchers;
  readonly standardDelivery: StandardDelivery;
};

/** Hands out messages. */
export class Receiving {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  receive(queue: Definition, options: ReceiveOptions): ReceivedMessage[] {
    const { attemptId, receiver = accountRootArn(account) } = options;
    if (attemptId !== undefined && !queue.fifo) {
      throw notForThisType(attemptId, "ReceiveRequestAttemptId");
    }
    if (options.visibilityTimeoutSeconds !== undefined) {
      checkVisibilityTimeout(options.visibilityTimeoutSeconds);
    }
    return transaction(this.#parts.store, () => {
      const { clock, messages, attempts } = this.#parts;
      const now = clock.now();
      messages.expire(queue.id, queue.fifo, now - queue.settings.retentionSeconds * 1000);
      const again = attemptId === undefined ? undefined : attempts.find(queue, attemptId, now);
      const received =
        again === undefined
          ? this.#select(queue, options, now).map((message) =>
              this.#handOut(queue, message, options, receiver, now),
            )
          : again.map((message) => this.#hide(queue, message, options, now));
      if (attemptId !== undefined && received.length > 0) {
        attempts.put(queue, attemptId, received, now);
      }
      return received.map((message) => asReceived(queue, message));
    });
  }

  #select(queue: Definition, options: ReceiveOptions, now: number): readonly StoredMessage[] {
    const { messages, deadLetters, inFlightLimit } = this.#parts;
    const wanted = Math.min(options.maxMessages, inFlightLimit.room(queue));
    const take = (message: StoredMessage) => !deadLetters.moveIfDue(queue, message);
    const chosen = queue.fifo
      ? pick(messages, queue, wanted, now, take)
      : this.#selectFairly(queue, wanted, now, take);
    inFlightLimit.handedOut(queue, chosen.length);
    return chosen;
  }

  /** The messages of noisy groups come after all others. */
  #selectFairly(
    queue: Definition,
    wanted: number,
    now: number,
    take: (message: StoredMessage) => boolean,
  ): readonly StoredMessage[] {
    const { messages, fairness, standardDelivery } = this.#parts;
    const noisy = fairness.noisyGroups(queue, now);
    const ready = noisy.size === 0 ? undefined : fairness.readyOfQuiet(noisy, queue, now);
    const candidates = standardDelivery.candidates(wanted);
    const found = pick(messages, queue, candidates, now, take, ready);
    const quiet = standardDelivery.select(found, wanted);
    if (noisy.size === 0 || quiet.length >= wanted) return quiet;
    return [...quiet, ...fairness.pickNoisy(noisy, queue, wanted - quiet.length, now, take)];
  }

  #handOut(
    queue: Definition,
    message: StoredMessage,
    options: ReceiveOptions,
    receiver: string,
    now: number,
  ): StoredMessage {
    const { messages, trace, watchers, standardDelivery, fairness } = this.#parts;
    fairness.processed(queue, message, message.visibleAt);
    const duplicates = !queue.fifo && standardDelivery.duplicates();
    const visibleAt = duplicates ? now : visibleAgainAt(queue, options, now);
    messages.markReceived(message, now, visibleAt);
    watchers.receivableAt(queue.id, visibleAt);
    const receiveCount = message.receiveCount + 1;
    const { messageId, event } = message;
    trace.record(event, queue.arn, receiver, { kind: "received", messageId, receiveCount });
    const firstReceivedAt = message.firstReceivedAt ?? now;
    return { ...message, visibleAt, receiveCount, firstReceivedAt };
  }

  /** A repeated receive: the same messages and handles, hidden for the whole timeout again. */
  #hide(queue: Definition, message: StoredMessage, options: ReceiveOptions, now: number) {
    const visibleAt = visibleAgainAt(queue, options, now);
    this.#parts.messages.setVisibleAt(message, visibleAt);
    this.#parts.watchers.receivableAt(queue.id, visibleAt);
    return { ...message, visibleAt };
  }
}

function visibleAgainAt(queue: Definition, options: ReceiveOptions, now: number): number {
  const seconds = options.visibilityTimeoutSeconds ?? queue.settings.visibilityTimeoutSeconds;
  return now + seconds * 1000;
}

function asReceived(queue: Definition, message: StoredMessage): ReceivedMessage {
  const attributes: MessageAttributes =
    message.attributes === null ? {} : JSON.parse(message.attributes);
  return {
    messageId: message.messageId,
    receiptHandle: receiptHandle(queue, message),
    body: message.body,
    md5OfBody: md5OfBody(message.body),
    attributes,
    md5OfAttributes: md5OfAttributes(attributes),
    systemAttributes: systemAttributes(queue, message),
    event: message.event,
  };
}
