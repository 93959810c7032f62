import * as aws from "@pulumi/aws";
import type {
  BucketSource,
  EventSource,
  InputTransformer,
  RetryArgs,
  ScheduleSource,
} from "../sources/source.ts";
import { UploadBucket } from "../uploadBucket.ts";
import { plainRecord } from "./outputs.ts";
import {
  anything,
  boolean,
  type FieldSchemas,
  input,
  integer,
  isDeferred,
  listOf,
  oneOf,
  recordOf,
  reject,
  schemaBy,
  strictObject,
  text,
} from "./schema.ts";

const bucket = schemaBy((value) =>
  value instanceof UploadBucket ||
  aws.s3.Bucket.isInstance(value) ||
  typeof value === "string" ||
  isDeferred(value)
    ? anything
    : reject("must be an UploadBucket, an aws.s3.Bucket, or the name or ARN of a bucket"),
);

const retries = strictObject({
  maximumAttempts: input(integer),
  maximumAgeSeconds: input(integer),
} satisfies FieldSchemas<RetryArgs>);

export const bucketSourceSchema = strictObject(
  {
    bucket,
    name: text,
    via: oneOf(["notification", "eventBridge"]),
    events: listOf(text),
    prefix: text,
    suffix: text,
    ownsNotifications: boolean,
    retries,
  } satisfies FieldSchemas<BucketSource>,
  ["bucket"],
);

export const eventSourceSchema = strictObject(
  {
    name: text,
    eventPattern: plainRecord,
    bus: input(text),
    inputPath: text,
    inputTransformer: strictObject(
      { paths: recordOf(text), template: text } satisfies FieldSchemas<InputTransformer>,
      ["template"],
    ),
    retries,
  } satisfies FieldSchemas<EventSource>,
  ["eventPattern"],
);

const payload = schemaBy((value) =>
  typeof value === "string" || isDeferred(value) ? anything : plainRecord,
);

export const scheduleSourceSchema = strictObject(
  {
    name: text,
    schedule: input(text),
    timezone: input(text),
    payload,
    attributes: recordOf(input(text)),
    messageGroupId: text,
    flexibleMinutes: integer,
    retries,
  } satisfies FieldSchemas<ScheduleSource>,
  ["schedule", "payload"],
);
