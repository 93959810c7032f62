import {
  isReservedTagKey,
  isTagText,
  tagAlphabet,
  tagCharacters,
  tagLimits,
} from "../../../../aws/tags.ts";
import { invalidParameterValue } from "../errors.ts";

export type Tags = Readonly<Record<string, string>>;

/**
 * Refuses tags that SQS does not take.
 *
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-tags.html
 * @param queueName for the error
 * @param given by the call
 * @param present on the queue already. @default none
 * @throws AwsError InvalidParameterValue
 */
export function checkTags(queueName: string, given: Tags, present: Tags = {}): void {
  for (const [key, value] of Object.entries(given)) {
    const problem = keyProblem(key) ?? valueProblem(value);
    if (problem !== undefined) {
      throw invalidParameterValue(`The tag with the key '${key}' is invalid. Reason: ${problem}`);
    }
  }
  const count = Object.keys({ ...present, ...given }).length;
  if (count <= tagLimits.tags) return;
  throw invalidParameterValue(`Too many tags added for queue ${queueName}.`);
}

function keyProblem(key: string): string | undefined {
  const { min, max } = tagLimits.key;
  const length = tagCharacters(key);
  if (length < min || length > max) return `A key has ${min} to ${max} characters.`;
  if (isReservedTagKey(key)) return "The prefix aws: is reserved.";
  return isTagText(key) ? undefined : `A key may have only ${tagAlphabet}.`;
}

function valueProblem(value: string): string | undefined {
  const { max } = tagLimits.value;
  if (tagCharacters(value) > max) return `A value has at most ${max} characters.`;
  return isTagText(value) ? undefined : `A value may have only ${tagAlphabet}.`;
}
