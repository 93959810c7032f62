import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { arnParts, formatArn } from "../../aws/arn.ts";
import { queueNameProblem } from "../../aws/resourceNames.ts";
import { childName, type NamedChild, namedChild } from "../childNames.ts";
import type { TopicReference } from "../topic/topicReference.ts";

/**
 * Names, ARNs and placement of a consumer's resources. Pulumi names the topic (`orders-1a2b3c4`, FIFO
 * `orders-1a2b3c4.fifo`). The topic's queues are named after it, so that their ARNs are known before they
 * exist: a queue and its dead-letter queue refer to each other without a policy resource, for which the
 * provider would wait. See docs/adr/0002-inline-queue-attributes.md.
 */

/** The purpose of a consumer's queue. */
export type QueueRole = "work" | "deadLetters" | "undelivered" | "failures";

/** The purpose of a topic's queue: of a consumer's, or for messages that a source could not publish. */
export type QueuePurpose = QueueRole | "unpublished";

/** Where the queues of a consumer are and whether they are FIFO, which determines their names and ARNs. */
export type QueuePlacement = {
  readonly consumer: string;
  readonly fifo: boolean;
  /** @default the topic's */
  readonly region: pulumi.Input<string> | undefined;
  /** @default the topic's */
  readonly account: pulumi.Input<string> | undefined;
};

/** Whether a consumer's queue is FIFO: by its spec, by the name of an existing queue, or as the topic. */
export function isFifoQueue(
  { fifo, existingQueueArn: arn }: { fifo?: boolean; existingQueueArn?: pulumi.Input<string> },
  fifoTopic: boolean,
): boolean {
  return fifo ?? (typeof arn === "string" ? arn.endsWith(".fifo") : fifoTopic);
}

/** What the names of a topic's queues are made of. */
export type QueueNaming = {
  /** The component's name. */
  readonly name: string;
  readonly topic: TopicReference;
  /**
   * Distinguishes the queues of an existing topic from those that another component or stack subscribes to
   * it: SQS gives the second creator of a queue the first one's. Undefined for a new topic.
   */
  readonly suffix: pulumi.Output<string> | undefined;
};

/** A suffix that no other component has, in this stack or another one. */
export function uniqueSuffix({ urn }: pulumi.Resource): pulumi.Output<string> {
  const organization = knownOrganization();
  // A child that depended on the component would wait for all of its children, and so for itself.
  const independent = new Promise<string>((resolve) => {
    urn.apply(resolve);
  });
  return pulumi.output(independent).apply((own) => {
    const hash = createHash("sha256").update(`${organization} ${own}`).digest("hex");
    return `-${hash.slice(0, 7)}`;
  });
}

/** Empty in unit tests, most of which pass none to Pulumi's mocks. */
function knownOrganization(): string {
  try {
    return pulumi.getOrganization();
  } catch {
    // Pulumi offers no other way to learn that there is none.
    return "";
  }
}

/** The name of a queue before it is created: known when the topic has its name. */
export function futureQueueName(
  naming: QueueNaming,
  { consumer, fifo }: QueuePlacement,
  role: QueuePurpose,
): pulumi.Output<string> {
  return whenNamed(naming, (topicArn, suffix) =>
    futureName(naming, { topicArn, suffix }, { consumer, fifo, role }),
  );
}

function futureName(
  { name }: QueueNaming,
  { topicArn, suffix }: { readonly topicArn: string; readonly suffix: string | undefined },
  { consumer, role, fifo }: { consumer: string; role: QueuePurpose; fifo: boolean },
): string {
  const topicName = arnParts(topicArn).resource;
  const queue = queueName(topicName, consumer, role, fifo, suffix);
  const problem = queueNameProblem(queue, fifo);
  if (problem === undefined) return queue;
  throw new pulumi.RunError(
    `FanoutTopic "${name}": consumer "${consumer}": ${problem}; shorten the name of the topic "${topicName}" or of the consumer`,
  );
}

function whenNamed<T>(
  { topic, suffix }: QueueNaming,
  use: (topicArn: string, suffix: string | undefined) => T,
): pulumi.Output<T> {
  return suffix === undefined
    ? topic.arn.apply((arn) => use(arn, undefined))
    : pulumi.all([topic.arn, suffix]).apply(([arn, known]) => use(arn, known));
}

/** The ARN of a queue before it is created: known when the topic has its ARN. */
export function futureQueueArn(
  naming: QueueNaming,
  placement: QueuePlacement,
  role: QueuePurpose,
): pulumi.Output<string> {
  return fromFutureQueueArn(naming, placement, role, (own) => own);
}

/**
 * A value that is computed from the ARNs of a queue and its topic before the queue is created. If its place
 * is plain values, this is a single `apply`: each `pulumi.all` holds about ten promises until the topic exists.
 */
export function fromFutureQueueArn(
  naming: QueueNaming,
  placement: QueuePlacement,
  role: QueuePurpose,
  use: (queueArn: string, topicArn: string) => string,
): pulumi.Output<string> {
  const { consumer, fifo, region, account } = placement;
  const result = (topicArn: string, suffix: string | undefined, place: KnownPlace): string => {
    const name = futureName(naming, { topicArn, suffix }, { consumer, fifo, role });
    return use(queueArn(topicArn, name, place), topicArn);
  };
  return isPlain(region) && isPlain(account)
    ? whenNamed(naming, (arn, suffix) => result(arn, suffix, { region, account }))
    : pulumi
        .all([naming.topic.arn, naming.suffix, region, account])
        .apply(([arn, suffix, inRegion, inAccount]) =>
          result(arn, suffix, { region: inRegion, account: inAccount }),
        );
}

type KnownPlace = { readonly region?: string | undefined; readonly account?: string | undefined };

function isPlain(value: pulumi.Input<string> | undefined): value is string | undefined {
  return value === undefined || typeof value === "string";
}

/** The ARN of a queue. @param place defaults to the topic's region and account */
export function queueArn(topicArn: string, name: string, place: KnownPlace = {}): string {
  const topic = arnParts(topicArn);
  const { region = topic.region, account = topic.account } = place;
  return formatArn({ ...topic, service: "sqs", region, account, resource: name });
}

/**
 * The name of a consumer's queue in AWS: `orders-1a2b3c4-inventory-dlq.fifo`. The suffix that Pulumi adds to a
 * topic's name makes it unique. If the topic's name has none, the consumer's is joined as in Pulumi's names,
 * so that two topics have no queue of the same name.
 */
export function queueName(
  topicName: string,
  consumer: string,
  role: QueuePurpose,
  fifo: boolean,
  suffix = "",
): string {
  const topic = withoutFifo(topicName);
  const isUnique = /-[0-9a-f]{7}$/.test(topic);
  const base = isUnique ? `${topic}-${consumer}` : consumerName(topic, consumer);
  return base + queueSuffixes[role] + suffix + (fifo ? ".fifo" : "");
}

export function withoutFifo(name: string): string {
  return name.endsWith(".fifo") ? name.slice(0, -".fifo".length) : name;
}

export const queueSuffixes: Record<QueuePurpose, string> = {
  work: "",
  deadLetters: "-dlq",
  undelivered: "-undelivered",
  failures: "-failures",
  unpublished: "-unpublished",
};

/** The name of a consumer's queue in Pulumi: `orders-inventory-dlq`. */
export function queueLogicalName(topic: string, consumer: string, role: QueuePurpose): string {
  return consumerName(topic, consumer) + queueSuffixes[role];
}

/** The name of a consumer's resources in Pulumi: `orders-inventory`. */
export function consumerName(topic: string, consumer: string): string {
  return childName(topic, distinctFromRoles(consumer));
}

/** The consumer's name in Pulumi, and the aliases of its component, which its children inherit. */
export function namedConsumer(topic: string, consumer: string): NamedChild {
  return namedChild(topic, consumer, consumerName(topic, consumer));
}

/** A consumer `dlq` of the topic `orders-a` is not the dead-letter queue of the consumer `a` of `orders`. */
function distinctFromRoles(consumer: string): string {
  return /^(dlq|undelivered|failures|unpublished)_*$/.test(consumer) ? `${consumer}_` : consumer;
}
