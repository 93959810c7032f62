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
  return fromFutureQueueArn(topic, place, role, (own) => own);
}

/**
 * What follows from the ARN of a queue that does not exist yet, and its topic's. One Output where the
 * region is plain: each that `pulumi.all` makes holds about ten promises until the topic exists.
 */
export function fromFutureQueueArn(
  topic: aws.sns.Topic,
  place: QueuePlace,
  role: QueueRole,
  use: (queueArn: string, topicArn: string) => string,
): pulumi.Output<string> {
  const { consumer, fifo, region: given, account } = place;
  const result = (topicArn: string, region: string | undefined) => {
    const name = queueName(arnParts(topicArn).name, consumer, role, fifo);
    return use(queueArn(topicArn, name, { region, account }), topicArn);
  };
  return given === undefined || typeof given === "string"
    ? topic.arn.apply((arn) => result(arn, given))
    : pulumi.all([topic.arn, given]).apply(([arn, region]) => result(arn, region));
}
