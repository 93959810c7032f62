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
import type { HandlerArgs } from "../handlerSpec.ts";
import {
  anything,
  atLeast,
  exactly,
  flag,
  input,
  isPlainObject,
  listOf,
  oneOf,
  recordOf,
  refuse,
  resource,
  type Schema,
  type Shape,
  shapedBy,
  text,
  wholeNumber,
} from "./shape.ts";

const inResourcePolicies = refuse(
  "belongs into a resource's policy: here the function's role is meant",
);

const permission = exactly(
  {
    Sid: anything,
    Effect: input(oneOf(["Allow", "Deny"])),
    Principal: inResourcePolicies,
    NotPrincipal: inResourcePolicies,
    Action: anything,
    NotAction: anything,
    Resource: anything,
    NotResource: anything,
    Condition: anything,
  } satisfies Shape<aws.iam.PolicyStatement>,
  ["Effect"],
);

const handlerArgs = exactly(
  {
    entry: text,
    memoryMb: input(wholeNumber),
    timeoutSeconds: input(wholeNumber),
    environment: recordOf(input(text)),
    permissions: listOf(permission),
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

const consumersByKind: ReadonlyMap<string, Schema> = new Map([
  ["queue", queueConsumer],
  ["function", functionConsumer],
  ["email", emailConsumer],
  ["sms", smsConsumer],
  ["https", httpsConsumer],
  ["firehose", firehoseConsumer],
]);

/** What SNS calls the kinds. */
const protocols: ReadonlyMap<string, string> = new Map([
  ["sqs", "queue"],
  ["lambda", "function"],
  ["http", "https"],
  ["email-json", "email"],
]);

/** The shape of a consumer follows from its kind. */
export const consumerShape = shapedBy((value) => {
  const kind = isPlainObject(value) ? (value.kind ?? "queue") : "queue";
  const shape = typeof kind === "string" ? consumersByKind.get(kind) : undefined;
  return shape ?? atLeast({ kind: oneOf([...consumersByKind.keys()], protocols) });
});
