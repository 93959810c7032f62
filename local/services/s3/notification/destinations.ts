import { account } from "../../../arn.ts";
import { type Authorize, overTls, type Principal } from "../../../protocol/access.ts";
import { AwsError } from "../../../protocol/awsError.ts";
import { requirePermission } from "../../../protocol/permission.ts";
import type { EventPublisher } from "../../events/interface.ts";
import { requireKey } from "../../kms/interface.ts";
import type { AsynchronousInvoker } from "../../lambda/interface.ts";
import type { Publisher } from "../../sns/interface.ts";
import type { QueueTargets } from "../../sqs/interface.ts";
import type { Bucket } from "../bucket.ts";
import { subject } from "./message.ts";
import { type NotificationRule, targetOf } from "./rules.ts";

export type Destinations = {
  readonly region: string;
  readonly topics: Publisher;
  readonly queues: QueueTargets;
  readonly functions: AsynchronousInvoker;
  readonly events: EventPublisher;
  readonly authorize: Authorize;
};

/** A message for the destination of a rule. */
export type Notice = {
  readonly bucket: Bucket;
  readonly rule: NotificationRule;
  readonly message: string;
  /** What the hops of the trace are gathered under. */
  readonly event: string;
  readonly traceHeader?: string | undefined;
};

const service = "s3.amazonaws.com";
const s3: Principal = { kind: "service", name: service };

/** SQS shows this as the `SenderId` of what S3 sends. */
const senderId = "AIDAJQR6QDGQ7PATMSYEY";

/** Delivers to a topic, a queue or a function. @returns the destination's refusal, if it refuses */
export function deliver(destinations: Destinations, notice: Notice): AwsError | undefined {
  return refusalOf(() => {
    const { kind, arn } = targetOf(notice.rule);
    if (kind === "Topic") publish(destinations, arn, notice);
    else if (kind === "Queue") send(destinations, arn, notice);
    else invoke(destinations, arn, notice);
  });
}

/** What S3 does before it takes a rule: topics and queues get a test event, of functions it is asked only. */
export function tryOut(destinations: Destinations, notice: Notice): AwsError | undefined {
  const { kind, arn } = targetOf(notice.rule);
  if (kind !== "CloudFunction") return deliver(destinations, notice);
  return refusalOf(() =>
    requireForBucket(destinations, notice.bucket, "lambda:InvokeFunction", arn),
  );
}

function publish({ topics }: Destinations, arn: string, notice: Notice): void {
  const { bucket, message } = notice;
  const context = contextOf(bucket);
  topics.publish(arn, { message, subject, by: s3, context, ...originOf(notice) });
}

/** Where a message comes from. */
function originOf({ bucket, event, traceHeader }: Notice) {
  return { event, from: bucket.arn, ...(traceHeader !== undefined && { traceHeader }) };
}

function send(destinations: Destinations, arn: string, notice: Notice): void {
  const { bucket, message } = notice;
  const queue = destinations.queues.find(arn);
  if (queue === undefined) throw new AwsError("NotFound", `The queue ${arn} does not exist.`);
  const require = (action: string, resource: string) =>
    requireForBucket(destinations, bucket, action, resource);
  require("sqs:SendMessage", arn);
  const { KmsMasterKeyId: keyId } = queue.attributes;
  if (keyId) requireKey(keyId, { service, region: destinations.region, require });
  destinations.queues.send(arn, { body: message, senderId, ...originOf(notice) });
}

function invoke(destinations: Destinations, arn: string, { bucket, message, event }: Notice): void {
  requireForBucket(destinations, bucket, "lambda:InvokeFunction", arn);
  destinations.functions.invokeAsync(arn, message, { event, from: bucket.arn });
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html */
function requireForBucket(
  { authorize }: Destinations,
  bucket: Bucket,
  action: string,
  resource: string,
): void {
  requirePermission(authorize, { principal: s3, action, resource, context: contextOf(bucket) });
}

function contextOf({ arn }: Bucket): Readonly<Record<string, string>> {
  return { "aws:SourceArn": arn, "aws:SourceAccount": account, ...overTls };
}

function refusalOf(work: () => void): AwsError | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
}
