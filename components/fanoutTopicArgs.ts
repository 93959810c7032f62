import type * as aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";
import type { ConsumerSpec } from "./consumerSpec.ts";
import type { UploadBucket } from "./uploadBucket.ts";
import type { AlarmsArgs } from "./watching/alarmsArgs.ts";
import type { DeliveryLoggingArgs } from "./watching/deliveryLogging.ts";

/**
 * What decides how many resources there are is a plain value; all else may be an Output.
 * A wrong or unknown field is refused before the first resource, all problems at once.
 */
export interface FanoutTopicArgs {
  /** Who gets the messages: at least one, with unique names. */
  consumers: ConsumerSpec[];
  /** Messages of one group in exact order, each once. Fixed for the topic's life: a change replaces the topic, its queues, and what they hold. @default false */
  fifo?: boolean | FifoArgs;
  /** Buckets whose events are published to the topic. S3 cannot publish to a FIFO topic. @default none */
  sources?: BucketSource[];
  /** Who else may publish, besides principals of this account whose own policies allow it. @default nobody */
  publishers?: Publisher[];
  /** Addresses of other accounts that their owners may subscribe. @default none */
  subscribers?: Subscriber[];
  /**
   * How messages are encrypted at rest. "none": topic not at all, queues by SQS's own keys. "kms": topic
   * and queues by a key that is made here with its whole policy. A key of yours: its policy needs the
   * statements in `statementsToAdd`. @default "none"
   */
  encryption?: "none" | "kms" | { key: aws.kms.Key };
  /**
   * Builds on a topic that exists already. Its policy is its owner's: `statementsToAdd` says what has to
   * stand there. @default a new topic
   */
  existingTopicArn?: Input<string>;
  /** Alarms on what needs a person: messages that nobody handles, deliveries that fail, functions in trouble. Not on consumers of other regions and accounts. @default none */
  alarms?: boolean | AlarmsArgs;
  /** A page in CloudWatch in the order of the flow, named after the topic and the stack. @default false */
  dashboard?: boolean;
  /** Let SNS log its deliveries: those that fail, and a sample of those that succeed. @default false */
  deliveryLogging?: boolean | DeliveryLoggingArgs;
  /** Send traces of the functions, and of a standard topic, to X-Ray. @default false */
  tracing?: boolean;
  /** The largest message that the queues take: 1,024 to 1,048,576 bytes. The topic itself takes 262,144. @default 1,048,576 */
  maxMessageSize?: Input<number>;
  /** Tags for every resource that can have them. @default none */
  tags?: Record<string, Input<string>>;
  /** The way out: changes the arguments of a resource just before it is made. */
  transform?: Transforms;
}

export interface FifoArgs {
  /** Messages with equal bodies within 5 minutes are one message; without it each publish names its deduplication id. @default true */
  contentBasedDeduplication?: boolean;
  /** Deduplicate and limit throughput for each message group instead of the whole topic, on topic, queues and dead-letter queues. AWS does not let a topic go back. @default false */
  highThroughput?: boolean;
  /** Keep published messages for replay: 1 to 365 days. A topic with an archive cannot be deleted: take this away first. @default none */
  archiveDays?: number;
}

/** One rule of a bucket: which of its events go to the topic. */
export interface BucketSource {
  bucket: UploadBucket;
  /** S3's event names. @default ["s3:ObjectCreated:*"] */
  events?: string[];
  /** Only keys that begin so, up to 1,024 characters, as they are stored (not encoded). @default all */
  prefix?: string;
  /** Only keys that end so. @default all */
  suffix?: string;
}

/** Who may publish: exactly one of `service`, `account` and `principalArn`. */
export interface Publisher {
  /** An AWS service, for example `events.amazonaws.com`, acting for a resource of this account. */
  service?: string;
  /** Another account, 12 digits: its own policies then say who in it. */
  account?: string;
  /** One role or user. */
  principalArn?: Input<string>;
  /** Only on behalf of this resource; may hold `*`. */
  sourceArn?: Input<string>;
}

/** An address of another account. Its owner makes the subscription, so that nobody has to confirm it. */
export interface Subscriber {
  /** 12 digits. */
  account: string;
  protocol: "sqs" | "lambda" | "firehose" | "https" | "email" | "sms";
  /** The one address: the ARN of a queue, function or delivery stream, a URL, an e-mail address, a phone number. */
  endpoint: Input<string>;
}

type Transform<Args> = (args: Args, consumer: string) => Args;

/** By resource: takes the arguments that the component would use, returns those to use. */
export interface Transforms {
  topic?: (args: aws.sns.TopicArgs) => aws.sns.TopicArgs;
  key?: (args: aws.kms.KeyArgs) => aws.kms.KeyArgs;
  queue?: Transform<aws.sqs.QueueArgs>;
  deadLetterQueue?: Transform<aws.sqs.QueueArgs>;
  subscription?: Transform<aws.sns.TopicSubscriptionArgs>;
  role?: Transform<aws.iam.RoleArgs>;
  logGroup?: Transform<aws.cloudwatch.LogGroupArgs>;
  function?: Transform<aws.lambda.FunctionArgs>;
  mapping?: Transform<aws.lambda.EventSourceMappingArgs>;
}
