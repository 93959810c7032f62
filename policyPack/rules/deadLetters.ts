import { queueLimits } from "../../aws/limits.ts";
import type { Resource, StackRule } from "../rule.ts";
import { mapping, queue } from "../types.ts";

/** SQS's own, where a queue names none: 4 days. */
const defaultRetentionSeconds = 345_600;

/** SQS's longest: 14 days. There is no more to give. */
const longestRetentionSeconds = queueLimits.retentionSeconds.max;

/** Otherwise a message that always fails is tried until it expires, and is gone. */
export const workedQueuesHaveDeadLetters: StackRule = {
  name: "worked-queues-have-dead-letters",
  description: "A queue that a function works off has a dead-letter queue.",
  scope: "stack",
  types: [queue],
  problems: (resource, all) => {
    const worked = all.some(
      (each) => each.type === mapping && each.dependencies.includes(resource),
    );
    const safe = deadLetterQueues(resource).length > 0 || Boolean(resource.props.redrivePolicy);
    return worked && !safe ? ["a function works it off, but it has no redrivePolicy"] : [];
  },
};

/**
 * A message keeps its age when it moves, so it needs more time than the queue that it failed in gives it.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
 */
export const deadLettersAreKeptLonger: StackRule = {
  name: "dead-letters-are-kept-longer",
  description:
    "A dead-letter queue keeps messages longer than the queue that they failed in, or as long as SQS can.",
  scope: "stack",
  types: [queue],
  problems: (resource) =>
    deadLetterQueues(resource)
      .filter((deadLetters) => retention(deadLetters) < longestRetentionSeconds)
      .filter((deadLetters) => retention(deadLetters) <= retention(resource))
      .map(
        (deadLetters) =>
          `keeps messages for ${retention(resource)} s, and its dead-letter queue ${deadLetters.name} for ${retention(deadLetters)} s, from when they were sent; give the latter more`,
      ),
};

/** A queue waits for no other queue but the one that its redrive policy names. */
function deadLetterQueues(resource: Resource): Resource[] {
  return resource.dependencies.filter((each) => each.type === queue);
}

function retention({ props }: Resource): number {
  const seconds = props.messageRetentionSeconds;
  return typeof seconds === "number" ? seconds : defaultRetentionSeconds;
}
