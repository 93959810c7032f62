import type { Clock } from "../../../time/clock.ts";
import type { Trace } from "../../../trace/trace.ts";
import type { Definitions } from "../definition/definitions.ts";
import { takesDeadLettersFrom } from "../definition/redrivePolicy.ts";
import type { MessageTable, StoredMessage } from "../messageTable.ts";
import type { Definition } from "../queue.ts";
import type { Watchers } from "../watchers.ts";

type Parts = {
  readonly clock: Clock;
  readonly trace: Trace;
  readonly definitions: Definitions;
  readonly messages: MessageTable;
  readonly watchers: Watchers;
};

/**
 * Moves messages that were received too often to the dead-letter queue.
 *
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
 */
export class DeadLetters {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Moves the message if another receive would be one too many. It stays when its dead-letter queue
   * does not exist or rejects it: AWS loses no message to a wrong policy.
   */
  moveIfDue(queue: Definition, message: StoredMessage): boolean {
    const { redrivePolicy } = queue.settings;
    if (redrivePolicy === undefined) return false;
    if (message.receivesHere < redrivePolicy.maxReceiveCount) return false;
    const target = this.#parts.definitions.find(redrivePolicy.deadLetterTargetArn);
    if (target === undefined || target.id === queue.id) return false;
    if (!takesDeadLettersFrom(target.settings.redriveAllowPolicy, queue.arn)) return false;
    this.#move(queue, message, target, redrivePolicy.maxReceiveCount);
    return true;
  }

  #move(queue: Definition, message: StoredMessage, target: Definition, maximum: number): void {
    const { clock, trace, messages, watchers } = this.#parts;
    const now = clock.now();
    messages.remove(queue.id, queue.fifo, message);
    messages.insert(target.id, target.fifo, {
      ...message,
      // Retention counts from the first enqueue, except in a FIFO dead-letter queue.
      sentAt: target.fifo ? now : message.sentAt,
      visibleAt: now,
      sourceArn: queue.arn,
    });
    trace.record(message.event, queue.arn, target.arn, {
      kind: "deadLettered",
      messageId: message.messageId,
      reason: `receive count ${message.receivesHere} reached maxReceiveCount ${maximum}`,
    });
    watchers.receivableAt(target.id, now);
  }
}
