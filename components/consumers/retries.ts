import * as pulumi from "@pulumi/pulumi";
import { queueLimits } from "../../aws/limits.ts";
import type { Statement } from "../policyDocument.ts";
import { encryptMessages } from "../topic/encryption.ts";
import type { TopicContext } from "../topic/topicContext.ts";

/** How the failed messages of a queue are retried. The handler uses `handleBatch` or `handleFifoBatch`. */
export interface QueueRetries {
  /**
   * Delays that grow with each receive, instead of the visibility timeout, by `sqs:ChangeMessageVisibility`. A
   * handler that knows the delay throws a `RetryError`. On a FIFO queue the message's group waits with it.
   * @default none: each retry follows after the visibility timeout
   */
  backoff?: RetryBackoff;
  /**
   * What happens to a message whose handler throws a `PermanentError`. With "deadLetter" it moves to the
   * dead-letter queue at once, by `sqs:SendMessage`, with the reason in the attribute `FailureReason`.
   * @default "retry": up to maxReceiveCount times
   */
  permanentErrors?: "retry" | "deadLetter";
}

/**
 * The delay before the nth retry: `first` x `factor` to the power of n - 1, up to `maximum`. Half of each delay is
 * random. It ends with maxReceiveCount: the default of 5 receives allows 4 retries.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html
 */
export interface RetryBackoff {
  /** The delay before the first retry: 1 to 43,200 seconds. */
  first: pulumi.Input<number>;
  /** 1 to 10. @default 2 */
  factor?: pulumi.Input<number>;
  /** The longest delay: `first` to 43,200 seconds less the visibility timeout. @default 900 */
  maximum?: pulumi.Input<number>;
}

export const backoffDefaults = { factor: 2, maximum: 900 } as const;

/** SQS's limit for the time that a message is in flight, with all extensions. */
export const longestInFlight = queueLimits.visibilityTimeoutSeconds.max;

/** A queue with retries, and its dead-letter queue. */
export type RetriedQueue = {
  readonly queue: { readonly arn: pulumi.Output<string>; readonly url: pulumi.Output<string> };
  readonly deadLetterQueue: {
    readonly arn: pulumi.Output<string>;
    readonly url: pulumi.Output<string>;
  };
  readonly visibilityTimeoutSeconds: pulumi.Input<number>;
};

/** The variable with which the handler helpers read the settings; none if there is nothing to read. */
export function retryEnvironment(
  retries: QueueRetries,
  { queue, deadLetterQueue, visibilityTimeoutSeconds }: RetriedQueue,
): Record<string, pulumi.Input<string>> {
  const settings = retrySettings(retries, {
    queueUrl: queue.url,
    deadLetterQueueUrl: deadLetterQueue.url,
    limit: pulumi.output(visibilityTimeoutSeconds).apply((seconds) => longestInFlight - seconds),
  });
  return settings === undefined ? {} : { [retriesVariable]: pulumi.jsonStringify(settings) };
}

export const retriesVariable = "FANOUT_RETRIES";

type RetryTarget = {
  readonly queueUrl: pulumi.Input<string>;
  readonly deadLetterQueueUrl: pulumi.Input<string>;
  /** Longest delay that SQS accepts, in seconds. */
  readonly limit: pulumi.Input<number>;
};

/** What the variable holds as JSON; undefined if there is nothing to read. */
export function retrySettings(
  { backoff, permanentErrors }: QueueRetries,
  { queueUrl, deadLetterQueueUrl, limit }: RetryTarget,
): object | undefined {
  const settings = {
    ...(backoff && { queueUrl, backoff: { ...backoffDefaults, ...backoff, limit } }),
    ...(permanentErrors === "deadLetter" && { deadLetterQueueUrl }),
  };
  return Object.keys(settings).length === 0 ? undefined : settings;
}

/** The statements that the function's role needs for its consumer's retries, and no others. */
export function retryStatements(
  { backoff, permanentErrors }: QueueRetries,
  { queue, deadLetterQueue }: Pick<RetriedQueue, "queue" | "deadLetterQueue">,
  key: TopicContext["key"],
): pulumi.Output<Statement>[] {
  const delays = backoff ? [queue.arn.apply(delayRetries)] : [];
  if (permanentErrors !== "deadLetter") return delays;
  const sends = deadLetterQueue.arn.apply(sendDeadLetters);
  const encrypts = key ? [key.arn.apply(encryptDeadLetters)] : [];
  return [...delays, sends, ...encrypts];
}

function delayRetries(queueArn: string): Statement {
  return {
    Sid: "DelayRetries",
    Effect: "Allow",
    Action: "sqs:ChangeMessageVisibility",
    Resource: queueArn,
  };
}

function sendDeadLetters(deadLetterQueueArn: string): Statement {
  return {
    Sid: "SendDeadLetters",
    Effect: "Allow",
    Action: "sqs:SendMessage",
    Resource: deadLetterQueueArn,
  };
}

function encryptDeadLetters(keyArn: string): Statement {
  return { ...encryptMessages(keyArn), Sid: "EncryptDeadLetters" };
}
