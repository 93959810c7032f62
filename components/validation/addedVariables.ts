import { maxReceiveCountVariable } from "../consumers/maxReceiveCount.ts";
import type { QueueConsumerSpec } from "../consumers/queueConsumer.ts";
import {
  longestInFlight,
  type QueueRetries,
  retriesVariable,
  retrySettings,
} from "../consumers/retries.ts";
import type { HandlerArgs } from "../handlerArgs.ts";
import { known } from "./rule.ts";

type Addition = {
  readonly topicName: string;
  readonly consumer: string;
  readonly handler: Pick<HandlerArgs, "publishes">;
  /** Undefined if SNS invokes the function directly. */
  readonly queue: QueueConsumerSpec | undefined;
  readonly fifoQueue: boolean;
};

/**
 * The variables that a consumer adds to its handler's. Values that are known only when deployed are as short as they
 * can be.
 */
export function addedVariables(addition: Addition): Record<string, string> {
  const { topicName, handler, queue } = addition;
  const isOwnQueue = queue !== undefined && queue.existingQueueArn === undefined;
  return {
    ...(handler.publishes && { TOPIC_ARN: `arn:aws:sns:us-east-1:123456789012:${topicName}` }),
    ...(isOwnQueue && queueVariables(queue, addition)),
  };
}

function queueVariables(
  queue: QueueConsumerSpec,
  { topicName, consumer, fifoQueue }: Addition,
): Record<string, string> {
  const receives = Object.entries(maxReceiveCountVariable(queue, fifoQueue)).map(
    ([name, count]) => [name, typeof count === "string" ? count : "1"],
  );
  const url = `https://sqs.us-east-1.amazonaws.com/123456789012/${topicName}-1a2b3c4-${consumer}`;
  const settings = retrySettings(knownRetries(queue.retries ?? {}), {
    queueUrl: url,
    deadLetterQueueUrl: `${url}-dlq`,
    limit: longestInFlight,
  });
  return {
    ...Object.fromEntries(receives),
    ...(settings && { [retriesVariable]: JSON.stringify(settings) }),
  };
}

function knownRetries({ backoff, ...others }: QueueRetries): QueueRetries {
  if (backoff === undefined) return others;
  const { first, factor, maximum } = backoff;
  return {
    ...others,
    backoff: {
      first: known(first) ?? 1,
      ...(factor !== undefined && { factor: known(factor) ?? 1 }),
      ...(maximum !== undefined && { maximum: known(maximum) ?? 1 }),
    },
  };
}
