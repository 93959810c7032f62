import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { arnParts } from "../../aws/arn.ts";
import { type QueueRole, queueArn, queueName } from "../names.ts";
import type { ConsumerSpec } from "./consumer.ts";
import type { QueueConsumerSpec } from "./queueConsumer.ts";

/** Where the queues of a consumer are and whether they are FIFO, which determines their names and ARNs. */
export type QueuePlacement = {
  readonly consumer: string;
  readonly fifo: boolean;
  /** @default the topic's */
  readonly region: pulumi.Input<string> | undefined;
  /** @default the topic's */
  readonly account: string | undefined;
};

/** Whether a consumer's queue is FIFO: by its spec, by the name of an existing queue, or as the topic. */
export function isFifoQueue(
  { fifo, existingQueueArn: arn }: Pick<QueueConsumerSpec, "fifo" | "existingQueueArn">,
  fifoTopic: boolean,
): boolean {
  return fifo ?? (typeof arn === "string" ? arn.endsWith(".fifo") : fifoTopic);
}

/** A consumer whose queue is in another account than the topic. */
export type CrossAccountConsumer = QueueConsumerSpec & { readonly account: string };

export function isCrossAccount(spec: ConsumerSpec): spec is CrossAccountConsumer {
  return "account" in spec && spec.account !== undefined;
}

/** Whether a consumer's queue or function is in another account or region than the topic. */
export function isCrossAccountOrRegion(spec: ConsumerSpec): boolean {
  return isCrossAccount(spec) || ("region" in spec && spec.region !== undefined);
}

/** The name of a queue before it is created: known when the topic has its name. */
export function futureQueueName(
  topic: aws.sns.Topic,
  { consumer, fifo }: QueuePlacement,
  role: QueueRole,
): pulumi.Output<string> {
  return topic.arn.apply((arn) => queueName(arnParts(arn).resource, consumer, role, fifo));
}

/** The ARN of a queue before it is created: known when the topic has its ARN. */
export function futureQueueArn(
  topic: aws.sns.Topic,
  placement: QueuePlacement,
  role: QueueRole,
): pulumi.Output<string> {
  return fromFutureQueueArn(topic, placement, role, (own) => own);
}

/**
 * A value that is computed from the ARNs of a queue and its topic before the queue is created. If the
 * region is a plain value, this is a single `apply`: each `pulumi.all` holds about ten promises until the
 * topic exists.
 */
export function fromFutureQueueArn(
  topic: aws.sns.Topic,
  placement: QueuePlacement,
  role: QueueRole,
  use: (queueArn: string, topicArn: string) => string,
): pulumi.Output<string> {
  const { consumer, fifo, region: given, account } = placement;
  const result = (topicArn: string, region: string | undefined) => {
    const name = queueName(arnParts(topicArn).resource, consumer, role, fifo);
    return use(queueArn(topicArn, name, { region, account }), topicArn);
  };
  return given === undefined || typeof given === "string"
    ? topic.arn.apply((arn) => result(arn, given))
    : pulumi.all([topic.arn, given]).apply(([arn, region]) => result(arn, region));
}
