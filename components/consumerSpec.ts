import type { Input } from "@pulumi/pulumi";
import type { HandlerSpec } from "./handlerSpec.ts";

/**
 * One consumer of a topic. Its name is its identity: the consumer's resources are named after it, so a
 * new name means new resources, and the old queue goes with what is still in it.
 */
export type ConsumerSpec = QueueConsumerSpec | FunctionConsumerSpec;

interface ConsumerBase {
  /** Unique in the topic: letters, digits, `-` and `_`. */
  name: string;
  /**
   * Which messages the consumer gets: up to 5 keys, each with a list of values or operators.
   * https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html @default all
   */
  filter?: FilterPolicy;
  /** What the filter looks at. S3 sends no attributes: behind a bucket only the body can be filtered. @default "MessageAttributes" */
  filterScope?: "MessageAttributes" | "MessageBody";
  /** Where the consumer's queue and function live, when not in the topic's region. @default the topic's region */
  region?: Input<string>;
}

/** A filter policy of SNS, as an object. */
export type FilterPolicy = { readonly [key: string]: FilterPolicy | readonly unknown[] };

/**
 * A queue of its own, with a dead-letter queue, and a function that works it off. Without a handler: a
 * queue that somebody else polls.
 */
export interface QueueConsumerSpec extends ConsumerBase {
  kind?: "queue";
  handler?: HandlerSpec;
  /** A FIFO queue. Only a FIFO topic can have one; on a FIFO topic, false gives up order and deduplication. @default as the topic */
  fifo?: boolean;
  /**
   * The message as it was published, with its attributes as SQS attributes, instead of SNS's JSON
   * envelope. SNS drops a raw message with more than 10 attributes. @default true
   */
  rawDelivery?: Input<boolean>;
  /** How long a new message waits before anyone sees it: 0 to 900 seconds. @default 0 */
  delaySeconds?: Input<number>;
  /** How long a received message stays hidden: 0 to 43,200 seconds. @default 6 x the function's timeout + the batch window; 30 without a handler */
  visibilityTimeoutSeconds?: Input<number>;
  /** How long a message is kept: 60 to 1,209,600 seconds. @default 345,600 (4 days) */
  retentionSeconds?: Input<number>;
  /** Receives before a message goes to the dead-letter queue: 1 to 1,000. Below 5, throttling sends good messages there. @default 5 */
  maxReceiveCount?: Input<number>;
  /** Messages in one invocation: 1 to 10 (FIFO), 1 to 10,000 (standard; above 10 needs a window). @default 10 */
  batchSize?: Input<number>;
  /** How long to wait for a full batch: 0 to 300 seconds; not on a FIFO queue. @default 0 */
  batchWindowSeconds?: Input<number>;
  /** Concurrent invocations for this queue: 2 to 1,000. @default none: up to 1,250 */
  maxConcurrency?: Input<number>;
  /** Pollers kept ready, instead of scaling on demand: minimum 2 to 200, maximum 2 to 2,000. Not with maxConcurrency. @default none */
  provisionedPollers?: { minimum: Input<number>; maximum: Input<number> };
  /** The dead-letter queue's retention: 60 to 1,209,600 seconds. @default 1,209,600 (14 days) */
  deadLetter?: { retentionSeconds?: Input<number> };
  /** Also keep what SNS cannot deliver to the queue, in a dead-letter queue of the subscription. @default false */
  subscriptionDeadLetter?: boolean;
}

/** SNS invokes the function directly and asynchronously: no queue buffers, Lambda tries three times. */
export interface FunctionConsumerSpec extends ConsumerBase {
  kind: "function";
  handler: HandlerSpec;
  /** Tries after the first that failed: 0 to 2, one and two minutes later. @default 2 */
  maximumRetryAttempts?: Input<number>;
  /** How old an event may get before Lambda gives it up: 60 to 21,600 seconds. @default 21,600 (6 hours) */
  maximumEventAgeSeconds?: Input<number>;
  /** Keep what SNS could not hand to Lambda at all, in a dead-letter queue of the subscription. @default true */
  subscriptionDeadLetter?: boolean;
}
