import { parseArn } from "../../../../aws/arn.ts";
import { account } from "../../../arn.ts";
import { regionOf, type Topic } from "../topic.ts";

/**
 * Why SNS rejects a subscription's `RedrivePolicy`; undefined if it accepts it. It knows
 * `deadLetterTargetArn` and nothing else, other than the policy of a queue.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html
 */
export function redrivePolicyProblem(
  text: string,
  endpoint: string,
  topic: Topic,
): string | undefined {
  try {
    const { deadLetterTargetArn = "", ...others } = JSON.parse(text);
    const [unknown] = Object.keys(others);
    if (unknown !== undefined) return `RedrivePolicy: Attribute ${unknown} is unknown`;
    return targetProblem(String(deadLetterTargetArn), endpoint, topic);
  } catch (error) {
    const detail = error instanceof Error ? error.message : error;
    return `RedrivePolicy: failed to parse JSON. ${detail}`;
  }
}

function targetProblem(target: string, endpoint: string, topic: Topic): string | undefined {
  const arn = parseArn(target);
  if (arn === undefined || arn.service !== "sqs") {
    return "RedrivePolicy: deadLetterTargetArn is an invalid arn";
  }
  if (arn.region !== regionOf(topic) || arn.account !== account) {
    return `RedrivePolicy: the queue ${target} must be in the account and region of the topic ${topic.arn}`;
  }
  const fifoQueue = arn.resource.endsWith(".fifo");
  if (topic.fifo && endpoint.endsWith(".fifo") && !fifoQueue) {
    return "RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.";
  }
  return !topic.fifo && fifoQueue
    ? "RedrivePolicy: must use a standard queue as DLQ for a Subscription to a standard Topic."
    : undefined;
}

/** The queue that a valid policy names. */
export function deadLetterArn(text: string): string {
  return String(JSON.parse(text).deadLetterTargetArn);
}
