import * as aws from "@pulumi/aws";
import type {
  BucketSource,
  FanoutTopicArgs,
  FifoArgs,
  Publisher,
  Subscriber,
  Transforms,
} from "../fanoutTopicArgs.ts";
import { UploadBucket } from "../uploadBucket.ts";
import type { AlarmsArgs } from "../watching/alarmsArgs.ts";
import type { DeliveryLoggingArgs } from "../watching/deliveryLogging.ts";
import {
  anything,
  exactly,
  flag,
  functionValue,
  input,
  isPlainObject,
  listOf,
  oneOf,
  recordOf,
  refuse,
  resource,
  type Shape,
  shapedBy,
  text,
  wholeNumber,
} from "./shape.ts";

export const sourceShape = exactly(
  {
    bucket: resource((value) => value instanceof UploadBucket, "an UploadBucket"),
    events: listOf(text),
    prefix: text,
    suffix: text,
  } satisfies Shape<BucketSource>,
  ["bucket"],
);

export const publisherShape = exactly({
  service: text,
  account: text,
  principalArn: input(text),
  sourceArn: input(text),
} satisfies Shape<Publisher>);

export const subscriberShape = exactly(
  {
    account: text,
    protocol: oneOf(["sqs", "lambda", "firehose", "https", "email", "sms"]),
    endpoint: input(text),
  } satisfies Shape<Subscriber>,
  ["account", "protocol", "endpoint"],
);

const encryption = shapedBy((value) =>
  isPlainObject(value)
    ? exactly({ key: resource(aws.kms.Key.isInstance, "an aws.kms.Key") }, ["key"])
    : value === "alias/aws/sns" || value === "alias/aws/sqs"
      ? refuse('is AWS\'s own key, whose policy nobody can change to let SNS deliver: use "kms"')
      : oneOf(["none", "kms"]),
);

const numberOrNone = shapedBy((value) => (value === false ? anything : wholeNumber));

const alarms = shapedBy((value) =>
  isPlainObject(value)
    ? exactly({
        actions: listOf(input(text)),
        deadLetters: numberOrNone,
        oldestMessageSeconds: numberOrNone,
        failedDeliveries: numberOrNone,
        functionErrors: numberOrNone,
        throttles: numberOrNone,
        durationPercent: numberOrNone,
      } satisfies Shape<AlarmsArgs>)
    : flag,
);

const deliveryLogging = shapedBy((value) =>
  isPlainObject(value)
    ? exactly({
        successSamplePercent: wholeNumber,
        retentionDays: wholeNumber,
      } satisfies Shape<DeliveryLoggingArgs>)
    : flag,
);

const transforms = exactly({
  topic: functionValue,
  key: functionValue,
  queue: functionValue,
  deadLetterQueue: functionValue,
  subscription: functionValue,
  role: functionValue,
  logGroup: functionValue,
  function: functionValue,
  mapping: functionValue,
} satisfies Shape<Transforms>);

const fifo = shapedBy((value) =>
  isPlainObject(value)
    ? exactly({
        contentBasedDeduplication: flag,
        highThroughput: flag,
        archiveDays: wholeNumber,
      } satisfies Shape<FifoArgs>)
    : flag,
);

/** The topic's own arguments; consumers, sources, publishers and subscribers are looked at one by one. */
export const topicShape = exactly(
  {
    consumers: listOf(anything),
    fifo,
    sources: listOf(anything),
    publishers: listOf(anything),
    subscribers: listOf(anything),
    encryption,
    existingTopicArn: input(text),
    alarms,
    dashboard: flag,
    deliveryLogging,
    tracing: flag,
    maxMessageSize: input(wholeNumber),
    tags: recordOf(input(text)),
    transform: transforms,
  } satisfies Shape<FanoutTopicArgs>,
  ["consumers"],
);
