import type { Input } from "@pulumi/pulumi";
import type { ConsumerSpec } from "./consumers/consumer.ts";
import type { AlarmsArgs } from "./monitoring/alarms.ts";
import type { DeliveryLoggingArgs } from "./monitoring/deliveryLogging.ts";
import type { Source } from "./sources/source.ts";
import type { Encryption } from "./topic/encryption.ts";
import type { FifoArgs } from "./topic/fifo.ts";
import type { Publisher } from "./topic/publishers.ts";
import type { Transforms } from "./topic/topicContext.ts";
import type { Subscriber } from "./topic/topicPolicy.ts";

/**
 * Arguments of a FanoutTopic. Whatever decides how many resources exist is a plain value; everything else
 * may be an Output.
 */
export interface FanoutTopicArgs {
  /** At least one, with unique names. */
  consumers: ConsumerSpec[];
  /**
   * Delivers the messages of a group in order and without duplicates. Cannot be changed in place: the
   * topic and its queues are replaced, and the messages in them are lost. @default false
   */
  fifo?: boolean | FifoArgs;
  /**
   * Buckets, event patterns of EventBridge and schedules that publish to the topic. Buckets and EventBridge cannot
   * publish to a FIFO topic. @default none
   */
  sources?: Source[];
  /** Additional publishers. Principals of the topic's account need only a policy of their own. @default none */
  publishers?: Publisher[];
  /** Endpoints in other accounts that their owners may subscribe. @default none */
  subscribers?: Subscriber[];
  /**
   * Encryption at rest. "none": the topic is not encrypted, the queues use SSE-SQS. "kms": topic and queues
   * use a new key. With an existing key, its policy needs the statements in `statementsToAdd`.
   * @default "none"
   */
  encryption?: Encryption;
  /**
   * Adds the consumers to an existing topic, which is not modified: its policy needs the statements in
   * `statementsToAdd`. @default a new topic
   */
  existingTopicArn?: Input<string>;
  /**
   * Alarms on unprocessed messages, failed deliveries and failing functions. Consumers in other regions and
   * accounts have none. @default none
   */
  alarms?: boolean | AlarmsArgs;
  /** A CloudWatch dashboard, named after the topic and the stack. @default false */
  dashboard?: boolean;
  /** Logs failed deliveries, and a sample of the successful ones. @default false */
  deliveryLogging?: boolean | DeliveryLoggingArgs;
  /** Sends traces of the functions, and of a standard topic, to X-Ray. @default false */
  tracing?: boolean;
  /**
   * The largest message that the queues accept: 1,024 to 1,048,576 bytes. The topic accepts 262,144 bytes.
   * @default 1,048,576
   */
  maxMessageSize?: Input<number>;
  /** Tags of every resource that supports them. @default none */
  tags?: Record<string, Input<string>>;
  /** Changes the arguments of a resource before it is created. @default unchanged */
  transform?: Transforms;
}
