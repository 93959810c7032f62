import * as aws from "@pulumi/aws";
import type { FanoutTopicArgs } from "../fanoutTopicArgs.ts";
import type { AlarmsArgs } from "../monitoring/alarms.ts";
import type { DeliveryLoggingArgs } from "../monitoring/deliveryLogging.ts";
import type { FifoArgs } from "../topic/fifo.ts";
import type { Publisher } from "../topic/publishers.ts";
import type { Transforms } from "../topic/topicContext.ts";
import type { Subscriber } from "../topic/topicPolicy.ts";
import {
  anything,
  boolean,
  type FieldSchemas,
  functionValue,
  input,
  integer,
  isPlainObject,
  listOf,
  oneOf,
  recordOf,
  reject,
  resource,
  schemaBy,
  strictObject,
  text,
} from "./schema.ts";

export const publisherSchema = strictObject({
  service: text,
  account: text,
  organization: text,
  principalArn: input(text),
  sourceArn: input(text),
} satisfies FieldSchemas<Publisher>);

export const subscriberSchema = strictObject(
  {
    account: text,
    protocol: oneOf(["sqs", "lambda", "firehose", "https", "email", "sms"]),
    endpoint: input(text),
  } satisfies FieldSchemas<Subscriber>,
  ["account", "protocol", "endpoint"],
);

const encryption = schemaBy((value) =>
  isPlainObject(value)
    ? strictObject({ key: resource(aws.kms.Key.isInstance, "an aws.kms.Key") }, ["key"])
    : value === "alias/aws/sns" || value === "alias/aws/sqs"
      ? reject('is a key managed by AWS, whose policy cannot let SNS deliver; use "kms"')
      : oneOf(["none", "kms"]),
);

const numberOrNone = schemaBy((value) => (value === false ? anything : integer));

const alarms = schemaBy((value) =>
  isPlainObject(value)
    ? strictObject({
        actions: listOf(input(text)),
        deadLetters: numberOrNone,
        oldestMessageSeconds: numberOrNone,
        oldestQuietMessageSeconds: numberOrNone,
        failedDeliveries: numberOrNone,
        functionErrors: numberOrNone,
        throttles: numberOrNone,
        durationPercent: numberOrNone,
      } satisfies FieldSchemas<AlarmsArgs>)
    : boolean,
);

const deliveryLogging = schemaBy((value) =>
  isPlainObject(value)
    ? strictObject({
        successSamplePercent: integer,
        retentionDays: integer,
      } satisfies FieldSchemas<DeliveryLoggingArgs>)
    : boolean,
);

const transforms = strictObject({
  topic: functionValue,
  topicPolicy: functionValue,
  notification: functionValue,
  key: functionValue,
  keyPolicy: functionValue,
  queue: functionValue,
  deadLetterQueue: functionValue,
  subscription: functionValue,
  role: functionValue,
  logGroup: functionValue,
  function: functionValue,
  mapping: functionValue,
} satisfies FieldSchemas<Transforms>);

const fifo = schemaBy((value) =>
  isPlainObject(value)
    ? strictObject({
        contentBasedDeduplication: boolean,
        highThroughput: boolean,
        archiveDays: integer,
      } satisfies FieldSchemas<FifoArgs>)
    : boolean,
);

/** The topic's own arguments; the items of its lists have their own schemas. */
export const topicSchema = strictObject(
  {
    consumers: listOf(anything),
    fifo,
    sources: listOf(anything),
    publishers: listOf(anything),
    subscribers: listOf(anything),
    encryption,
    existingTopicArn: input(text),
    alarms,
    dashboard: boolean,
    deliveryLogging,
    tracing: boolean,
    maxMessageSize: input(integer),
    tags: recordOf(input(text)),
    transform: transforms,
  } satisfies FieldSchemas<FanoutTopicArgs>,
  ["consumers"],
);
