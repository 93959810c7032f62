import * as aws from "@pulumi/aws";
import type {
  EmailConsumerSpec,
  HttpsConsumerSpec,
  HttpsRetries,
  SmsConsumerSpec,
} from "../consumers/endpointConsumer.ts";
import type { ExistingFunctionArgs } from "../consumers/existingFunction.ts";
import type { FirehoseConsumerSpec } from "../consumers/firehoseConsumer.ts";
import type { FunctionConsumerSpec } from "../consumers/functionConsumer.ts";
import type { QueueConsumerSpec } from "../consumers/queueConsumer.ts";
import type { QueueRetries, RetryBackoff } from "../consumers/retries.ts";
import { handlerSchema } from "./handlerSchema.ts";
import { plainRecord } from "./outputs.ts";
import {
  anything,
  boolean,
  type FieldSchemas,
  input,
  integer,
  isPlainObject,
  looseObject,
  oneOf,
  reject,
  resource,
  type Schema,
  schemaBy,
  strictObject,
  text,
} from "./schema.ts";

const existingFunction = strictObject(
  { functionArn: input(text) } satisfies FieldSchemas<ExistingFunctionArgs>,
  ["functionArn"],
);

const handler = schemaBy((value) => {
  if (typeof value === "string") return text;
  if (aws.lambda.Function.isInstance(value) || aws.lambda.Alias.isInstance(value)) return anything;
  if (!isPlainObject(value)) {
    return reject(
      "must be the path of an entry file, { entry, ... }, { functionArn }, an aws.lambda.Function or an aws.lambda.Alias",
    );
  }
  return "functionArn" in value ? existingFunction : handlerSchema;
});

const common = {
  name: text,
  filter: plainRecord,
  filterScope: oneOf(["MessageAttributes", "MessageBody"]),
};

const queueRetries = strictObject({
  backoff: strictObject(
    {
      first: input(integer),
      factor: input(integer),
      maximum: input(integer),
    } satisfies FieldSchemas<RetryBackoff>,
    ["first"],
  ),
  permanentErrors: oneOf(["retry", "deadLetter"]),
} satisfies FieldSchemas<QueueRetries>);

const queueConsumer = strictObject(
  {
    ...common,
    kind: text,
    region: input(text),
    handler,
    fifo: boolean,
    rawDelivery: input(boolean),
    delaySeconds: input(integer),
    visibilityTimeoutSeconds: input(integer),
    retentionSeconds: input(integer),
    maxReceiveCount: input(integer),
    retries: queueRetries,
    batchSize: input(integer),
    batchWindowSeconds: input(integer),
    maxConcurrency: input(integer),
    provisionedPollers: strictObject({ minimum: input(integer), maximum: input(integer) }, [
      "minimum",
      "maximum",
    ]),
    deadLetter: strictObject({ retentionSeconds: input(integer) }),
    fairness: boolean,
    subscriptionDeadLetter: boolean,
    existingQueueArn: input(text),
    account: text,
    provider: resource(aws.Provider.isInstance, "an aws.Provider"),
  } satisfies FieldSchemas<QueueConsumerSpec>,
  ["name"],
);

const functionConsumer = strictObject(
  {
    ...common,
    kind: text,
    region: input(text),
    handler,
    maximumRetryAttempts: input(integer),
    maximumEventAgeSeconds: input(integer),
    subscriptionDeadLetter: boolean,
  } satisfies FieldSchemas<FunctionConsumerSpec>,
  ["name", "handler"],
);

const external = { ...common, kind: text, endpoint: input(text), subscriptionDeadLetter: boolean };

const emailConsumer = strictObject(
  { ...external, json: boolean } satisfies FieldSchemas<EmailConsumerSpec>,
  ["name", "endpoint"],
);

const smsConsumer = strictObject(external satisfies FieldSchemas<SmsConsumerSpec>, [
  "name",
  "endpoint",
]);

const httpsConsumer = strictObject(
  {
    ...external,
    rawDelivery: input(boolean),
    autoConfirms: boolean,
    retries: strictObject(
      {
        attempts: integer,
        minimumDelaySeconds: integer,
        maximumDelaySeconds: integer,
        backoff: oneOf(["arithmetic", "exponential", "geometric", "linear"]),
      } satisfies FieldSchemas<HttpsRetries>,
      ["attempts"],
    ),
  } satisfies FieldSchemas<HttpsConsumerSpec>,
  ["name", "endpoint"],
);

const firehoseConsumer = strictObject(
  { ...external, rawDelivery: input(boolean) } satisfies FieldSchemas<FirehoseConsumerSpec>,
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

/** The protocols of SNS, and the kinds that correspond to them. */
const protocols: ReadonlyMap<string, string> = new Map([
  ["sqs", "queue"],
  ["lambda", "function"],
  ["http", "https"],
  ["email-json", "email"],
]);

/** Depends on the kind of the consumer. */
export const consumerSchema = schemaBy((value) => {
  const kind = isPlainObject(value) ? (value.kind ?? "queue") : "queue";
  const shape = typeof kind === "string" ? consumersByKind.get(kind) : undefined;
  return shape ?? looseObject({ kind: oneOf([...consumersByKind.keys()], protocols) });
});
