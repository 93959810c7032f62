import { queueLimits } from "../../aws/limits.ts";
import type { Resource, StackRule } from "../rule.ts";
import { mapping, queue } from "../types.ts";

/** Without one, a message that always fails is retried until it expires and is lost. */
export const workedQueuesHaveDeadLetters: StackRule = {
  name: "worked-queues-have-dead-letters",
  description: "A queue that a function polls has a dead-letter queue.",
  scope: "stack",
  types: [queue],
  problems: (resource, all) => {
    const worked = all.some(
      (each) => each.type === mapping && each.dependencies.includes(resource),
    );
    const safe = deadLetterQueues(resource).length > 0 || Boolean(resource.props.redrivePolicy);
    return worked && !safe
      ? ["a function polls the queue, but it has no redrivePolicy; set one"]
      : [];
  },
};

/**
 * A message keeps its age when it moves, so the dead-letter queue needs the longer retention period.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
 */
export const deadLettersAreKeptLonger: StackRule = {
  name: "dead-letters-are-kept-longer",
  description:
    "A dead-letter queue keeps messages longer than its source queue, or for the maximum of SQS.",
  scope: "stack",
  types: [queue],
  problems: (resource) =>
    deadLetterQueues(resource)
      .filter((deadLetters) => retention(deadLetters) < queueLimits.retentionSeconds.max)
      .filter((deadLetters) => retention(deadLetters) <= retention(resource))
      .map(
        (deadLetters) =>
          `keeps messages for ${retention(resource)} s, its dead-letter queue ${deadLetters.name} for ${retention(deadLetters)} s since they were sent; increase the latter`,
      ),
};

/** A queue depends on no other queue than the one in its redrive policy. */
function deadLetterQueues(resource: Resource): Resource[] {
  return resource.dependencies.filter((each) => each.type === queue);
}

function retention({ props }: Resource): number {
  const seconds = props.messageRetentionSeconds;
  return typeof seconds === "number" ? seconds : queueLimits.retentionSeconds.default;
}
