import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { arnParts, formatArn } from "../../aws/arn.ts";

/**
 * Names, ARNs and placement of a consumer's resources. Pulumi names the topic (`orders-1a2b3c4`, FIFO
 * `orders-1a2b3c4.fifo`). The topic's queues are named after it, so that their ARNs are known before they
 * exist: a queue and its dead-letter queue refer to each other without a policy resource, for which the
 * provider would wait. See docs/adr/0002-inline-queue-attributes.md.
 */

/** The purpose of a consumer's queue. */
export type QueueRole = "work" | "deadLetters" | "undelivered" | "failures";

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
  { fifo, existingQueueArn: arn }: { fifo?: boolean; existingQueueArn?: pulumi.Input<string> },
  fifoTopic: boolean,
): boolean {
  return fifo ?? (typeof arn === "string" ? arn.endsWith(".fifo") : fifoTopic);
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

/** The ARN of a queue. @param place defaults to the topic's region and account */
export function queueArn(
  topicArn: string,
  name: string,
  place: { readonly region?: string | undefined; readonly account?: string | undefined } = {},
): string {
  const topic = arnParts(topicArn);
  const { region = topic.region, account = topic.account } = place;
  return formatArn({ ...topic, service: "sqs", region, account, resource: name });
}

/** The name of a consumer's queue in AWS: `orders-1a2b3c4-inventory-dlq.fifo`. */
export function queueName(
  topicName: string,
  consumer: string,
  role: QueueRole,
  fifo: boolean,
): string {
  return queueLogicalName(withoutFifo(topicName), consumer, role) + (fifo ? ".fifo" : "");
}

export function withoutFifo(name: string): string {
  return name.endsWith(".fifo") ? name.slice(0, -".fifo".length) : name;
}

const suffixes: Record<QueueRole, string> = {
  work: "",
  deadLetters: "-dlq",
  undelivered: "-undelivered",
  failures: "-failures",
};

/** The name of a consumer's queue in Pulumi: `orders-inventory-dlq`. */
export function queueLogicalName(topic: string, consumer: string, role: QueueRole): string {
  return consumerName(topic, consumer) + suffixes[role];
}

/** The name of a consumer's resources in Pulumi: `orders-inventory`. */
export function consumerName(topic: string, consumer: string): string {
  return `${topic}-${consumer}`;
}
