import { arnParts, formatArn } from "../aws/arn.ts";

/**
 * Pulumi names the topic (`orders-1a2b3c4`, FIFO `orders-1a2b3c4.fifo`). The topic's queues are named after
 * it, so that their ARNs are known before they exist: a queue and its dead-letter queue refer to each other
 * without a policy resource, for which the provider would wait. See docs/adr/0002-inline-queue-attributes.md.
 */

/** The purpose of a consumer's queue. */
export type QueueRole = "work" | "deadLetters" | "undelivered" | "failures";

const suffixes: Record<QueueRole, string> = {
  work: "",
  deadLetters: "-dlq",
  undelivered: "-undelivered",
  failures: "-failures",
};

/** The name of a consumer's resources in Pulumi: `orders-inventory`. */
export function consumerName(topic: string, consumer: string): string {
  return `${topic}-${consumer}`;
}

/** The name of a consumer's queue in Pulumi: `orders-inventory-dlq`. */
export function queueLogicalName(topic: string, consumer: string, role: QueueRole): string {
  return consumerName(topic, consumer) + suffixes[role];
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

export function withoutFifo(name: string): string {
  return name.endsWith(".fifo") ? name.slice(0, -".fifo".length) : name;
}
