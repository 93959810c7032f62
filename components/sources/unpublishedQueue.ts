import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { queueLimits } from "../../aws/limits.ts";
import {
  futureQueueArn,
  futureQueueName,
  type QueueNaming,
  queueLogicalName,
} from "../consumers/names.ts";
import {
  denyInsecureTransport,
  type PolicyDocument,
  policyDocument,
  policyText,
} from "../policyDocument.ts";
import type { Place } from "../topic/topicReference.ts";

/** The topic that sources are created for. */
export type SourceOwner = {
  readonly naming: QueueNaming;
  /** Undefined for a new topic, which is in its provider's region. */
  readonly place: Place | undefined;
  readonly tags: Record<string, pulumi.Input<string>> | undefined;
  readonly parent: pulumi.Resource;
};

/** A service that sends to the queue as itself, on behalf of a resource. */
type Sender = { readonly service: string; readonly arn: pulumi.Output<string> };

/**
 * Creates the queue for messages of a source that the topic did not accept. Its policy is inline:
 * docs/adr/0002-inline-queue-attributes.md.
 *
 * @param sender undefined if a role sends, whose own policy allows it
 */
export function createUnpublishedQueue(
  { naming, place, tags, parent }: SourceOwner,
  source: string,
  sender?: Sender,
): aws.sqs.Queue {
  const logicalName = queueLogicalName(naming.name, source, "unpublished");
  const placement = {
    consumer: source,
    fifo: false,
    region: place?.region,
    account: place?.account,
  };
  const queueArn = futureQueueArn(naming, placement, "unpublished");
  return new aws.sqs.Queue(
    logicalName,
    {
      name: futureQueueName(naming, placement, "unpublished"),
      messageRetentionSeconds: queueLimits.retentionSeconds.max,
      sqsManagedSseEnabled: true,
      policy: pulumi
        .all([queueArn, sender?.arn])
        .apply(([arn, sourceArn]) =>
          policyText("queue", logicalName, unpublishedPolicy(arn, sender?.service, sourceArn)),
        ),
      region: place?.region,
      tags,
    },
    { parent },
  );
}

/** Only the source may send, over TLS. */
function unpublishedPolicy(
  queueArn: string,
  service: string | undefined,
  sourceArn: string | undefined,
): PolicyDocument {
  const denied = denyInsecureTransport("sqs:*", queueArn);
  if (service === undefined || sourceArn === undefined) return policyDocument(denied);
  return policyDocument(
    {
      Sid: "SourceSends",
      Effect: "Allow",
      Principal: { Service: service },
      Action: "sqs:SendMessage",
      Resource: queueArn,
      Condition: { ArnEquals: { "aws:SourceArn": sourceArn } },
    },
    denied,
  );
}
