import { invalidParameter } from "../errors.ts";

/**
 * Refuses a name that SNS does not take for a topic of that kind.
 *
 * https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
 */
export function checkTopicName(name: string, fifo: boolean): void {
  const pattern = fifo ? /^[\w-]{1,251}\.fifo$/ : /^[\w-]{1,256}$/;
  if (pattern.test(name)) return;
  throw invalidParameter(
    fifo
      ? "Fifo Topic names must end with .fifo and must be made up of only uppercase and lowercase ASCII letters, numbers, underscores, and hyphens, and must be between 1 and 256 characters long."
      : "Topic Name",
  );
}
