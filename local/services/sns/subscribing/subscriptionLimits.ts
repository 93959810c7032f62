import { topicLimits } from "../../../../aws/limits.ts";
import { maximumMessageSize } from "../attributes/topicAttributes.ts";
import { invalidParameterBecause, limitExceeded } from "../errors.ts";
import type { Protocol, Subscription } from "../subscription.ts";
import type { Topic } from "../topic.ts";

type Wanted = { readonly protocol: Protocol; readonly filtered: boolean };

const maxOfFifoTopic = 100;
const maxFilterPolicies = 200;

/** From this size on only endpoints that AWS runs can take a topic's messages. */
const largeMessages = topicLimits.defaultMessageBytes;
const maxWithLargeMessages = 100;
const takesLargeMessages: readonly Protocol[] = ["sqs", "lambda", "firehose"];

/**
 * Refuses one subscription more than a topic may have.
 *
 * https://docs.aws.amazon.com/general/latest/gr/sns.html
 */
export function checkRoom(topic: Topic, present: readonly Subscription[], wanted: Wanted): void {
  if (topic.fifo && present.length >= maxOfFifoTopic) {
    throw limitExceeded(
      "SubscriptionLimitExceeded",
      `The topic ${topic.arn} has ${present.length} subscriptions; a FIFO topic may have ${maxOfFifoTopic}.`,
    );
  }
  if (wanted.filtered) checkFilterPolicies(topic, present);
  checkLargeMessages(maximumMessageSize(topic), [
    ...present.map(({ protocol }) => protocol),
    wanted.protocol,
  ]);
}

/** Refuses one filter policy more than a topic may have. */
export function checkFilterPolicies(topic: Topic, present: readonly Subscription[]): void {
  const count = present.filter(({ filter }) => filter !== undefined).length;
  if (count < maxFilterPolicies) return;
  throw limitExceeded(
    "FilterPolicyLimitExceeded",
    `The topic ${topic.arn} has ${count} filter policies, and may have no more.`,
  );
}

/** Refuses subscriptions that messages of more than 256 KiB cannot be delivered to. */
export function checkLargeMessages(maximumSize: number, protocols: readonly Protocol[]): void {
  if (maximumSize <= largeMessages) return;
  const other = protocols.find((protocol) => !takesLargeMessages.includes(protocol));
  if (other !== undefined) {
    throw invalidParameterBecause(
      "Attributes",
      `MaximumMessageSize: more than ${largeMessages} is for topics with subscriptions of ${takesLargeMessages.join(", ")} only (found ${other})`,
    );
  }
  if (protocols.length > maxWithLargeMessages) {
    throw invalidParameterBecause(
      "Attributes",
      `MaximumMessageSize: more than ${largeMessages} is for topics with at most ${maxWithLargeMessages} subscriptions (found ${protocols.length})`,
    );
  }
}
