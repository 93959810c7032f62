import type * as aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";
import type { UploadBucket } from "../uploadBucket.ts";

/** What publishes to a topic: a bucket, a rule of EventBridge, or a schedule. */
export type Source = BucketSource | EventSource | ScheduleSource;

/**
 * Events of a bucket. A bucket can be a source of several topics, and several times of one: S3 rejects two
 * notification rules that match the same event of the same key.
 */
export interface BucketSource {
  /** An `UploadBucket`, a bucket of the program, or the name or ARN of an existing bucket. */
  bucket: UploadBucket | aws.s3.Bucket | Input<string>;
  /**
   * Names the source's resources: letters, digits, `-` and `_`, and dots for notifications. Unique among the topic's
   * schedules and sources by EventBridge; required if `bucket` is an Output. @default the bucket's name, "events" or "schedule"
   */
  name?: string;
  /**
   * "notification": S3 publishes to the topic, in the format of its event notifications. "eventBridge": S3 sends
   * its events to EventBridge, and a rule sends those of this source to the topic, in EventBridge's format;
   * sources may overlap. @default "notification"
   */
  via?: "notification" | "eventBridge";
  /** Event types of S3. @default ["s3:ObjectCreated:*"] */
  events?: string[];
  /** Only objects whose keys begin with this, not URL-encoded: up to 1,024 characters when it is. @default all */
  prefix?: string;
  /** Only objects whose keys end with this, not URL-encoded: up to 1,024 characters when it is. @default all */
  suffix?: string;
  /**
   * For a bucket that is not an `UploadBucket`: overwrites the notifications that the bucket has without the
   * program. Otherwise the deployment fails and lists them, which requires `cloudformation:GetResource`.
   * @default false
   */
  ownsNotifications?: boolean;
  /** Of EventBridge: of a bucket only with `via: "eventBridge"`. @default 185 attempts within 24 hours */
  retries?: RetryArgs;
}

/**
 * Events of an EventBridge bus that match a pattern. Events that the topic does not accept go to a dead-letter
 * queue of the source, encrypted by SSE-SQS.
 */
export interface EventSource {
  /**
   * Names the source's resources: letters, digits, `-` and `_`, and dots for notifications. Unique among the topic's
   * schedules and sources by EventBridge; required if `bucket` is an Output. @default the bucket's name, "events" or "schedule"
   */
  name?: string;
  /** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern.html */
  eventPattern: EventPattern;
  /** Name or ARN of the bus. @default "default" */
  bus?: Input<string>;
  /** Publishes only this part of the event, such as `$.detail`. @default the whole event */
  inputPath?: string;
  /** Publishes a text with parts of the event instead of it. @default the whole event */
  inputTransformer?: InputTransformer;
  /** Of EventBridge: of a bucket only with `via: "eventBridge"`. @default 185 attempts within 24 hours */
  retries?: RetryArgs;
}

/** A pattern of EventBridge, such as `{ source: ["shop"], "detail-type": ["Order Placed"] }`. */
export type EventPattern = Record<string, unknown>;

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html */
export interface InputTransformer {
  /** Paths in the event by variable, such as `{ order: "$.detail.order" }`: up to 100. @default none */
  paths?: Record<string, string>;
  /** The message, with variables such as `<order>`: 1 to 8,192 characters. */
  template: string;
}

/** How often EventBridge retries a message that the topic does not accept. */
export interface RetryArgs {
  /** 0 to 185. @default 185 */
  maximumAttempts?: Input<number>;
  /** 60 to 86,400 seconds. @default 86,400 */
  maximumAgeSeconds?: Input<number>;
}

/**
 * Publishes a message on a schedule of EventBridge Scheduler. Messages that it fails to publish go to a
 * dead-letter queue of the source, encrypted by SSE-SQS.
 */
export interface ScheduleSource {
  /**
   * Names the source's resources: letters, digits, `-` and `_`, and dots for notifications. Unique among the topic's
   * schedules and sources by EventBridge; required if `bucket` is an Output. @default the bucket's name, "events" or "schedule"
   */
  name?: string;
  /** `rate(5 minutes)`, `cron(0 12 * * ? *)` or `at(2026-11-29T10:00:00)`. */
  schedule: Input<string>;
  /** Time zone of a cron or at expression, such as "Europe/Berlin". @default "UTC" */
  timezone?: Input<string>;
  /** The message: a text, or an object that is published as JSON. Up to 262,144 bytes. */
  payload: Payload;
  /** Attributes of the message, which filters compare: up to 10. @default none */
  attributes?: Record<string, Input<string>>;
  /** The message group; required on a FIFO topic, and only there. */
  messageGroupId?: string;
  /** Publishes within this many minutes of the scheduled time: 1 to 1,440. @default at the scheduled time */
  flexibleMinutes?: number;
  /** Of EventBridge: of a bucket only with `via: "eventBridge"`. @default 185 attempts within 24 hours */
  retries?: RetryArgs;
}

/** A message: a text, or an object that is published as JSON. */
export type Payload = Input<string> | Record<string, unknown>;

export const defaultEvents: readonly string[] = ["s3:ObjectCreated:*"];

/** The kinds of sources are told apart before their types are checked, so that a source may be anything. */
export function isBucketSource(source: Source): source is BucketSource {
  return hasField(source, "bucket");
}

export function isEventSource(source: Source): source is EventSource {
  return hasField(source, "eventPattern");
}

export function isScheduleSource(source: Source): source is ScheduleSource {
  return hasField(source, "schedule");
}

function hasField(source: unknown, field: string): boolean {
  return typeof source === "object" && source !== null && field in source;
}

/** The sources of which S3 itself publishes the events. */
export function notifyingSources(sources: readonly Source[]): BucketSource[] {
  return sources.filter(isBucketSource).filter(({ via }) => via !== "eventBridge");
}

/** A source whose events a rule of EventBridge sends to the topic. */
export type RuleSource = EventSource | BucketSource;

export function ruleSources(sources: readonly Source[]): RuleSource[] {
  return sources.filter((source): source is RuleSource =>
    isBucketSource(source) ? source.via === "eventBridge" : isEventSource(source),
  );
}

/** Whether the source has resources that are named after it: a rule or a schedule, and a queue. */
export function hasOwnResources(source: Source): boolean {
  return isScheduleSource(source) || ruleSources([source]).length > 0;
}
