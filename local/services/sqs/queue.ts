import type { QueueAttributes, QueueSettings } from "./definition/attributes.ts";
import { invalidParameterValue } from "./errors.ts";

/** A queue as it is defined, without its messages. */
export type Queue = {
  readonly arn: string;
  readonly name: string;
  readonly url: string;
  readonly fifo: boolean;
  /** Every attribute that can be set, with its default if it is not set. */
  readonly attributes: QueueAttributes;
  readonly tags: Readonly<Record<string, string>>;
  /** Cloud time in milliseconds since 1970. */
  readonly createdAt: number;
  /** Cloud time in milliseconds since 1970. */
  readonly modifiedAt: number;
};

/** A queue with its internal state. */
export type Definition = Queue & {
  /** Its key in the store. */
  readonly id: number;
  /** The attributes that were set explicitly. */
  readonly set: QueueAttributes;
  readonly settings: QueueSettings;
  /** When it was last purged, in cloud time. */
  readonly purgedAt: number | undefined;
};

/**
 * Rejects an invalid name of a queue: it has 1 to 80 letters, digits, hyphens and underscores, the
 * last five of a FIFO queue's being `.fifo`.
 *
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-quotas.html
 */
export function checkQueueName(name: string, fifo: boolean): void {
  if (fifo && !/^[\w-]{1,75}\.fifo$/.test(name)) {
    throw invalidParameterValue(
      "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.",
    );
  }
  if (!fifo && !/^[\w-]{1,80}$/.test(name)) {
    throw invalidParameterValue(
      "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length",
    );
  }
}
