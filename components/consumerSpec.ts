import type * as aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";
import type { HandlerSpec } from "./handlerSpec.ts";

/**
 * One consumer of a topic. Its name is its identity: the consumer's resources are named after it, so a
 * new name means new resources, and the old queue goes with what is still in it.
 */
export type ConsumerSpec =
  | QueueConsumerSpec
  | FunctionConsumerSpec
  | EmailConsumerSpec
  | SmsConsumerSpec
  | HttpsConsumerSpec
  | FirehoseConsumerSpec;

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
}

interface Elsewhere {
  /** Where the consumer's queue and function live, when not in the topic's region. @default the topic's region */
  region?: Input<string>;
}

interface EndpointBase extends ConsumerBase {
  /** Keep what SNS cannot deliver, in a dead-letter queue of the subscription. @default true */
  subscriptionDeadLetter?: boolean;
}

/** A filter policy of SNS, as an object. */
export type FilterPolicy = { readonly [key: string]: FilterPolicy | readonly unknown[] };

/**
 * A queue of its own, with a dead-letter queue, and a function that works it off. Without a handler: a
 * queue that somebody else polls.
 */
export interface QueueConsumerSpec extends ConsumerBase, Elsewhere {
  kind?: "queue";
  handler?: HandlerSpec;
  /**
   * A queue that exists already instead of a new one. Its settings and its policy are its owner's:
   * `statementsToAdd` says what has to stand there. @default a new queue
   */
  existingQueueArn?: Input<string>;
  /** The account that the consumer lives in, 12 digits; needs a `provider` for it. @default the topic's account */
  account?: string;
  /**
   * Makes everything of the consumer, its subscription too: a queue of another account is subscribed by
   * its owner, or the subscription stays pending. @default the topic's provider
   */
  provider?: aws.Provider;
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
export interface FunctionConsumerSpec extends EndpointBase, Elsewhere {
  kind: "function";
  handler: HandlerSpec;
  /** Tries after the first that failed: 0 to 2, one and two minutes later. @default 2 */
  maximumRetryAttempts?: Input<number>;
  /** How old an event may get before Lambda gives it up: 60 to 21,600 seconds. @default 21,600 (6 hours) */
  maximumEventAgeSeconds?: Input<number>;
}

/**
 * An e-mail for each message. The owner of the address has to confirm the subscription, by the link in a
 * mail that AWS sends, within two days; until then nothing is delivered.
 */
export interface EmailConsumerSpec extends EndpointBase {
  kind: "email";
  /** The address. */
  endpoint: Input<string>;
  /** The whole notification as JSON instead of the message's text. @default false */
  json?: boolean;
}

/** A text message for each message. */
export interface SmsConsumerSpec extends EndpointBase {
  kind: "sms";
  /** The phone number in E.164 form: `+4915112345678`. */
  endpoint: Input<string>;
}

/**
 * A POST for each message. The endpoint has to confirm the subscription by visiting the URL in the first
 * POST that it gets.
 */
export interface HttpsConsumerSpec extends EndpointBase {
  kind: "https";
  /** The URL; `http` for addresses of this machine only, in a local run. */
  endpoint: Input<string>;
  /** The message as it was published, without SNS's JSON envelope and without attributes. @default false */
  rawDelivery?: Input<boolean>;
  /** Tries after the first that failed: 0 to 100, so spaced that they end within an hour. @default 3, 20 seconds apart */
  retries?: HttpsRetries;
  /** Wait, when deploying, until the endpoint has confirmed. @default false */
  autoConfirms?: boolean;
}

/** https://docs.aws.amazon.com/sns/latest/dg/creating-delivery-policy.html */
export interface HttpsRetries {
  /** 0 to 100. */
  attempts: number;
  /** Before the first retry: 1 second or more, not above the maximum. @default 20 */
  minimumDelaySeconds?: number;
  /** Before the last retry: up to 3,600 seconds. @default 20 */
  maximumDelaySeconds?: number;
  /** How the delay grows from the minimum to the maximum. @default "linear" */
  backoff?: "arithmetic" | "exponential" | "geometric" | "linear";
}

/** Every message as a record in a Firehose delivery stream, which brings it to S3 or elsewhere. */
export interface FirehoseConsumerSpec extends EndpointBase {
  kind: "firehose";
  /** ARN of the delivery stream; the role that lets SNS write to it is made here. */
  endpoint: Input<string>;
  /** The message as it was published, without SNS's JSON envelope and without attributes. @default false */
  rawDelivery?: Input<boolean>;
}
