import type { SQSClient } from "@aws-sdk/client-sqs";
import type { SQSRecord } from "aws-lambda";
import { logger } from "../logger.ts";
import { isPermanent } from "../permanentError.ts";
import { sendDeadLetter } from "./deadLetter.ts";
import { retryDelay } from "./retryDelay.ts";
import { namedDelay } from "./retryError.ts";
import { maxReceiveCountOfQueue, retrySettings } from "./retrySettings.ts";
import { type Delayed, delayReceives } from "./visibility.ts";

let client: SQSClient | undefined;

/** Loaded at the first failure: most invocations have none. */
async function sqs(): Promise<SQSClient> {
  client ??= new (await import("@aws-sdk/client-sqs")).SQSClient({});
  return client;
}

/** What happens to the failed messages of a queue, as the consumer's `retries` say. */
export class Retries {
  readonly #settings = retrySettings();
  readonly #maxReceiveCount: number;
  readonly #random: () => number;

  constructor(maxReceiveCount = maxReceiveCountOfQueue(), random: () => number = Math.random) {
    this.#maxReceiveCount = maxReceiveCount;
    this.#random = random;
  }

  /**
   * Moves a message with a permanent error to the dead-letter queue if the consumer asks for it. The message is
   * then handled: a crash before Lambda deletes it leaves it in both queues. If it cannot be sent, it is retried
   * like other failed messages, and the log says why.
   *
   * @returns whether it was moved
   */
  async movesToDeadLetters(record: SQSRecord, error: unknown): Promise<boolean> {
    const { deadLetterQueueUrl } = this.#settings;
    if (deadLetterQueueUrl === undefined || !isPermanent(error)) return false;
    const { messageId } = record;
    try {
      const deadLetterId = await sendDeadLetter(await sqs(), deadLetterQueueUrl, record, error);
      logger.warn("moved to the dead-letter queue", { messageId, deadLetterId });
      return true;
    } catch (cause) {
      logger.error("not moved to the dead-letter queue", { messageId, error: cause });
      return false;
    }
  }

  /** Seconds until the message is received again; undefined for the queue's visibility timeout. */
  delayOf({ messageId, attributes }: SQSRecord, error: unknown): number | undefined {
    const { backoff } = this.#settings;
    if (backoff === undefined) {
      const afterSeconds = namedDelay(error);
      if (afterSeconds !== undefined) {
        const reason = "the consumer has no retries.backoff";
        logger.warn("not delayed", { messageId, afterSeconds, reason });
      }
      return undefined;
    }
    const receives = Number(attributes.ApproximateReceiveCount);
    const failure = { receives, maxReceiveCount: this.#maxReceiveCount, error };
    return retryDelay(backoff, failure, this.#random);
  }

  /** Delays the next receives; in order, so that a FIFO group becomes visible from its first message on. */
  async delay(delayed: readonly Delayed[]): Promise<void> {
    const { queueUrl } = this.#settings;
    if (queueUrl === undefined || delayed.length === 0) return;
    await delayReceives(await sqs(), queueUrl, delayed);
  }
}
