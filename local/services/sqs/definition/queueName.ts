import { invalidParameterValue } from "../errors.ts";

/**
 * Refuses a name that a queue cannot have: 1 to 80 letters, digits, hyphens and underscores, the
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
