import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { NotificationDocument } from "./notificationDocument.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-s3-bucket-notificationconfiguration.html */
export type PresentNotifications = {
  readonly TopicConfigurations?: readonly { readonly Topic: string; readonly Event: string }[];
  readonly QueueConfigurations?: readonly { readonly Queue: string; readonly Event: string }[];
  readonly LambdaConfigurations?: readonly { readonly Function: string; readonly Event: string }[];
  readonly EventBridgeConfiguration?: { readonly EventBridgeEnabled?: boolean };
};

/**
 * The bucket's name, once it is known that the document replaces no notifications to destinations that it does
 * not contain.
 *
 * @param label what errors call the bucket
 * @throws RunError when deployed or previewed, with the destinations that would lose their notifications
 */
export function whenNothingIsLost(
  label: string,
  bucket: aws.s3.Bucket,
  document: pulumi.Output<NotificationDocument>,
): pulumi.Output<string> {
  const present = bucket.id.apply((name) => lookUp(label, name, bucket));
  return pulumi.all([bucket.id, present, document]).apply(([name, notifications, next]) => {
    const lost = lostDestinations(notifications, next);
    if (lost.length === 0) return name;
    throw new pulumi.RunError(
      `${label}: S3 keeps one notification document for a bucket, and these notifications would be lost: ${lost.join(", ")}. Add them by transform.notification, or set ownsNotifications: true to overwrite them, also if they are of an earlier deployment of this program`,
    );
  });
}

/**
 * The name of a bucket that the program does not change, once it is known that it sends events to EventBridge.
 *
 * @throws RunError when deployed or previewed
 */
export function whenSentToEventBridge(label: string, bucket: aws.s3.Bucket): pulumi.Output<string> {
  return bucket.id.apply(async (name) => {
    const { EventBridgeConfiguration } = await lookUp(label, name, bucket);
    if (EventBridgeConfiguration?.EventBridgeEnabled) return name;
    throw new pulumi.RunError(
      `${label} does not send its events to EventBridge; turn it on in the bucket's properties, or let this program own the bucket's notifications: ownsNotifications: true`,
    );
  });
}

/** Destinations that have notifications now and are not in the next document, with their events. */
export function lostDestinations(
  present: PresentNotifications,
  next: NotificationDocument,
): string[] {
  const kept = new Set([
    ...(next.topics ?? []).map(({ topicArn }) => topicArn),
    ...(next.queues ?? []).map(({ queueArn }) => queueArn),
    ...(next.lambdaFunctions ?? []).map(({ lambdaFunctionArn }) => lambdaFunctionArn),
  ]);
  const destinations = [
    ...(present.TopicConfigurations ?? []).map(({ Topic, Event }) => ({ arn: Topic, Event })),
    ...(present.QueueConfigurations ?? []).map(({ Queue, Event }) => ({ arn: Queue, Event })),
    ...(present.LambdaConfigurations ?? []).map((each) => ({
      arn: each.Function,
      Event: each.Event,
    })),
  ];
  const turnsOffEventBridge =
    present.EventBridgeConfiguration?.EventBridgeEnabled && !next.eventbridge;
  return [
    ...destinations
      .filter(({ arn }) => !kept.has(arn))
      .map(({ arn, Event }) => `${Event} to ${arn}`),
    ...(turnsOffEventBridge ? ["all events to EventBridge"] : []),
  ];
}

/** A provider of Pulumi's for AWS has no lookup of notifications of its own. */
async function lookUp(
  label: string,
  identifier: string,
  bucket: aws.s3.Bucket,
): Promise<PresentNotifications> {
  try {
    const { properties } = await aws.cloudcontrol.getResource(
      { typeName: "AWS::S3::Bucket", identifier },
      { parent: bucket },
    );
    // Mocks of unit tests return nothing.
    return JSON.parse(properties ?? "{}").NotificationConfiguration ?? {};
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new pulumi.RunError(
      `${label}: the notifications that it has could not be read, which requires cloudformation:GetResource and the read permissions of s3 for the bucket (${reason}). Set ownsNotifications: true if they may be overwritten`,
    );
  }
}
