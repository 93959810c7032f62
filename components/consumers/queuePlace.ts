import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { arnParts } from "../../aws/arn.ts";
import { type QueueRole, queueArn, queueName } from "../names.ts";

/** Whose queue it is and where it lives; what its name and its ARN follow from. */
export type QueuePlace = {
  readonly consumer: string;
  readonly fifo: boolean;
  /** @default the topic's */
  readonly region: pulumi.Input<string> | undefined;
  /** @default the topic's */
  readonly account: string | undefined;
};

/** The name of a queue that does not exist yet: known once the topic has its own. */
export function futureQueueName(
  topic: aws.sns.Topic,
  { consumer, fifo }: QueuePlace,
  role: QueueRole,
): pulumi.Output<string> {
  return topic.arn.apply((arn) => queueName(arnParts(arn).resource, consumer, role, fifo));
}

/** The ARN of a queue that does not exist yet: known once the topic has its own. */
export function futureQueueArn(
  topic: aws.sns.Topic,
  place: QueuePlace,
  role: QueueRole,
): pulumi.Output<string> {
  return pulumi
    .all([topic.arn, futureQueueName(topic, place, role), place.region])
    .apply(([arn, name, region]) => queueArn(arn, name, { region, account: place.account }));
}
