import { account } from "../../../arn.ts";
import type { Authorize, Principal } from "../../../protocol/access.ts";
import { AwsError } from "../../../protocol/awsError.ts";
import type { EventPublisher } from "../../events/interface.ts";
import { isManagedByAws, keyArn } from "../../kms/interface.ts";
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
};

const s3: Principal = { kind: "service", name: "s3.amazonaws.com" };

/** SQS shows this as the `SenderId` of what S3 sends. */
const senderId = "AIDAJQR6QDGQ7PATMSYEY";

/** The code of a refusal for want of a permission. */
const denied = "AccessDenied";

const denials = ["AuthorizationError", "KMSAccessDenied", denied];

export function isDenial({ code }: AwsError): boolean {
  return denials.includes(code);
}

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
    requirePermission(destinations, notice.bucket, "lambda:InvokeFunction", arn),
  );
}

function publish({ topics }: Destinations, arn: string, { bucket, message, event }: Notice): void {
  const context = contextOf(bucket);
  topics.publish(arn, { message, subject, by: s3, context, event, from: bucket.arn });
}

function send(destinations: Destinations, arn: string, { bucket, message, event }: Notice): void {
  const queue = destinations.queues.find(arn);
  if (queue === undefined) throw new AwsError("NotFound", `The queue ${arn} does not exist.`);
  requirePermission(destinations, bucket, "sqs:SendMessage", arn);
  const { KmsMasterKeyId: keyId } = queue.attributes;
  if (keyId) requireKey(destinations, bucket, keyId);
  destinations.queues.send(arn, { body: message, senderId, event, from: bucket.arn });
}

function invoke(destinations: Destinations, arn: string, { bucket, message, event }: Notice): void {
  requirePermission(destinations, bucket, "lambda:InvokeFunction", arn);
  destinations.functions.invokeAsync(arn, message, { event, from: bucket.arn });
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html */
function requireKey(destinations: Destinations, bucket: Bucket, keyId: string): void {
  if (isManagedByAws(keyId)) {
    throw new AwsError(
      denied,
      `s3.amazonaws.com may not use the key ${keyId}, which AWS manages: use SSE-SQS or a customer managed key`,
    );
  }
  for (const action of ["kms:GenerateDataKey", "kms:Decrypt"]) {
    requirePermission(destinations, bucket, action, keyArn(keyId, destinations.region));
  }
}

function requirePermission(
  { authorize }: Destinations,
  bucket: Bucket,
  action: string,
  resource: string,
): void {
  const decision = authorize({ principal: s3, action, resource, context: contextOf(bucket) });
  if (!decision.allowed) throw new AwsError(denied, decision.reason, { status: 403 });
}

function contextOf({ arn }: Bucket): Readonly<Record<string, string>> {
  return {
    "aws:SourceArn": arn,
    "aws:SourceAccount": account,
    "aws:SecureTransport": "true",
  };
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
