import * as aws from "@pulumi/aws";
import type {
  EmailConsumerSpec,
  FirehoseConsumerSpec,
  FunctionConsumerSpec,
  HttpsConsumerSpec,
  HttpsRetries,
  QueueConsumerSpec,
  SmsConsumerSpec,
} from "../consumerSpec.ts";
import type {
  BucketSource,
  FanoutTopicArgs,
  FifoArgs,
  Publisher,
  Subscriber,
  Transforms,
} from "../fanoutTopicArgs.ts";
import type { HandlerArgs } from "../handlerSpec.ts";
import { UploadBucket } from "../uploadBucket.ts";
import {
  anything,
  atLeast,
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
  type Schema,
  shapedBy,
  text,
  wholeNumber,
} from "./shape.ts";

/** A shape for each field of some arguments: a field that is added there and not here does not compile. */
type Shape<Args> = Record<keyof Args, Schema>;

const handlerArgs = exactly(
  {
    entry: text,
    memoryMb: input(wholeNumber),
    timeoutSeconds: input(wholeNumber),
    environment: recordOf(input(text)),
    permissions: listOf(recordOf(anything)),
    publishes: flag,
    reservedConcurrency: input(wholeNumber),
    logRetentionDays: input(wholeNumber),
  } satisfies Shape<HandlerArgs>,
  ["entry"],
);

const handler = shapedBy((value) => {
  if (typeof value === "string") return text;
  if (aws.lambda.Function.isInstance(value)) return anything;
  return isPlainObject(value)
    ? handlerArgs
    : refuse("must be the path of an entry file, { entry, ... }, or an aws.lambda.Function");
});

const common = {
  name: text,
  filter: recordOf(anything),
  filterScope: oneOf(["MessageAttributes", "MessageBody"]),
};

const queueConsumer = exactly(
  {
    ...common,
    kind: text,
    region: input(text),
    handler,
    fifo: flag,
    rawDelivery: input(flag),
    delaySeconds: input(wholeNumber),
    visibilityTimeoutSeconds: input(wholeNumber),
    retentionSeconds: input(wholeNumber),
    maxReceiveCount: input(wholeNumber),
    batchSize: input(wholeNumber),
    batchWindowSeconds: input(wholeNumber),
    maxConcurrency: input(wholeNumber),
    provisionedPollers: exactly({ minimum: input(wholeNumber), maximum: input(wholeNumber) }, [
      "minimum",
      "maximum",
    ]),
    deadLetter: exactly({ retentionSeconds: input(wholeNumber) }),
    subscriptionDeadLetter: flag,
    existingQueueArn: input(text),
    account: text,
    provider: resource(aws.Provider.isInstance, "an aws.Provider"),
  } satisfies Shape<QueueConsumerSpec>,
  ["name"],
);

const functionConsumer = exactly(
  {
    ...common,
    kind: text,
    region: input(text),
    handler,
    maximumRetryAttempts: input(wholeNumber),
    maximumEventAgeSeconds: input(wholeNumber),
    subscriptionDeadLetter: flag,
  } satisfies Shape<FunctionConsumerSpec>,
  ["name", "handler"],
);

const outside = { ...common, kind: text, endpoint: input(text), subscriptionDeadLetter: flag };

const emailConsumer = exactly({ ...outside, json: flag } satisfies Shape<EmailConsumerSpec>, [
  "name",
  "endpoint",
]);

const smsConsumer = exactly(outside satisfies Shape<SmsConsumerSpec>, ["name", "endpoint"]);

const httpsConsumer = exactly(
  {
    ...outside,
    rawDelivery: input(flag),
    autoConfirms: flag,
    retries: exactly(
      {
        attempts: wholeNumber,
        minimumDelaySeconds: wholeNumber,
        maximumDelaySeconds: wholeNumber,
        backoff: oneOf(["arithmetic", "exponential", "geometric", "linear"]),
      } satisfies Shape<HttpsRetries>,
      ["attempts"],
    ),
  } satisfies Shape<HttpsConsumerSpec>,
  ["name", "endpoint"],
);

const firehoseConsumer = exactly(
  { ...outside, rawDelivery: input(flag) } satisfies Shape<FirehoseConsumerSpec>,
  ["name", "endpoint"],
);

const consumersByKind: Readonly<Record<string, Schema>> = {
  queue: queueConsumer,
  function: functionConsumer,
  email: emailConsumer,
  sms: smsConsumer,
  https: httpsConsumer,
  firehose: firehoseConsumer,
};

/** The shape of a consumer follows from its kind. */
export const consumerShape = shapedBy((value) => {
  const kind = isPlainObject(value) ? (value.kind ?? "queue") : "queue";
  const shape = typeof kind === "string" ? consumersByKind[kind] : undefined;
  return shape ?? atLeast({ kind: oneOf(Object.keys(consumersByKind)) });
});

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
  typeof value === "boolean"
    ? flag
    : exactly({
        contentBasedDeduplication: flag,
        highThroughput: flag,
        archiveDays: wholeNumber,
      } satisfies Shape<FifoArgs>),
);

/** The topic's own arguments; consumers, sources and publishers are looked at one by one. */
export const topicShape = exactly(
  {
    consumers: listOf(anything),
    fifo,
    sources: listOf(anything),
    publishers: listOf(anything),
    subscribers: listOf(anything),
    encryption,
    existingTopicArn: input(text),
    maxMessageSize: input(wholeNumber),
    tags: recordOf(input(text)),
    transform: transforms,
  } satisfies Shape<FanoutTopicArgs>,
  ["consumers"],
);
