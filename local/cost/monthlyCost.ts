import type { Prices } from "../../aws/prices.ts";
import { averageBatch, mostReceived } from "./batches.ts";
import { type Load, monthSeconds } from "./load.ts";
import type { ConsumerShape, FunctionShape, StackShape, TopicShape } from "./stackShape.ts";

/** A part of a month's bill, in US dollars. */
export type CostItem = {
  readonly service: "SNS" | "SQS" | "Lambda" | "CloudWatch" | "KMS";
  readonly topic?: string | undefined;
  readonly consumer?: string | undefined;
  readonly what: string;
  readonly dollars: number;
};

/** Each of them is a request. */
export const chunkBytes = 64 * 1024;
const gigabyte = 1e9;
const logGigabyte = 2 ** 30;

/** What SNS's envelope adds to a message, in bytes: ids, signature, links. */
const envelopeBytes = 1000;

/** Long polls of a poller that finds nothing: one every 20 seconds. */
const idlePollsPerMonth = monthSeconds / 20;

/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html */
const idlePollers = { least: 2, withMaximumConcurrency: 5 };

/** Logs that never expire are counted as if they were kept for a year. */
const unlimitedRetentionDays = 365;

/** What a stack costs a month: first tiers, without free tiers. */
export function monthlyCost(stack: StackShape, load: Load, prices: Prices): CostItem[] {
  const items = [
    ...stack.topics.flatMap((topic) => topicCost(topic, load, prices)),
    item("CloudWatch", "alarms", stack.alarms * prices.alarmMonth),
    item("KMS", "keys", stack.keys * prices.kms.keyMonth),
  ];
  return items.filter(({ dollars }) => dollars > 0);
}

export function total(items: readonly CostItem[]): number {
  return items.reduce((sum, { dollars }) => sum + dollars, 0);
}

function topicCost(topic: TopicShape, load: Load, prices: Prices): CostItem[] {
  const { sns } = prices;
  const gigabytes = (load.events * load.bytes) / gigabyte;
  const publishing = topic.fifo
    ? load.events * sns.fifoMessage + gigabytes * sns.fifoGigabyte
    : publications(load) * sns.standardRequest;
  return [
    { ...item("SNS", "publishing", publishing), topic: topic.name },
    ...topic.consumers.flatMap((consumer) =>
      consumerCost(topic, consumer, load, prices).map((each) => ({
        ...each,
        topic: topic.name,
        consumer: consumer.name,
      })),
    ),
  ];
}

/** Requests to a standard topic. https://docs.aws.amazon.com/sns/latest/dg/sns-batch-api-actions.html */
function publications({ events, bytes, publishBatch = 1 }: Load): number {
  return (events / publishBatch) * chunks(publishBatch * bytes);
}

function consumerCost(
  topic: TopicShape,
  consumer: ConsumerShape,
  load: Load,
  prices: Prices,
): CostItem[] {
  const messages = load.events * (load.matches[consumer.name] ?? 1);
  return [
    ...deliveryCost(topic, consumer, messages, load, prices),
    ...queueCost(consumer, messages, load, prices),
    ...functionCost(consumer, messages, load, prices),
  ];
}

function deliveryCost(
  topic: TopicShape,
  { protocol, filter }: ConsumerShape,
  messages: number,
  { events, bytes }: Load,
  { sns }: Prices,
): CostItem[] {
  const gigabytes = (events * bytes) / gigabyte;
  const subscription = topic.fifo
    ? events * sns.fifoSubscriptionMessage + gigabytes * sns.fifoSubscriptionGigabyte
    : 0;
  return [
    item("SNS", "delivery", messages * (sns.delivery[protocol] ?? 0) + subscription),
    item("SNS", "filter on bodies", filter === "body" ? gigabytes * sns.bodyFilterGigabyte : 0),
  ];
}

/** https://aws.amazon.com/sqs/pricing/ */
function queueCost(
  { queue, raw }: ConsumerShape,
  messages: number,
  load: Load,
  { sqs }: Prices,
): CostItem[] {
  if (queue === undefined) return [];
  const price = queue.fifo ? sqs.fifoRequest : sqs.standardRequest;
  const bytes = load.bytes + (raw ? 0 : envelopeBytes);
  const batch = Math.min(mostReceived, batchOf(queue.mapping, messages, load));
  const calls = messages / batch;
  const receives = calls * chunks(batch * bytes);
  const polls = Math.max(0, idlePolls(queue.mapping) - calls);
  return [
    item("SQS", "sends", messages * chunks(bytes) * price),
    item("SQS", "receives", receives * price),
    item("SQS", "deletes", calls * price),
    item("SQS", "empty receives", polls * price),
  ];
}

function functionCost(
  { queue, handler }: ConsumerShape,
  messages: number,
  load: Load,
  prices: Prices,
): CostItem[] {
  if (handler === undefined) return [];
  const invocations = messages / (queue ? batchOf(queue.mapping, messages, load) : 1);
  const seconds = invocations * (load.milliseconds / 1000);
  const logged = (invocations * load.logBytes) / logGigabyte;
  return [
    item("Lambda", "requests", invocations * prices.lambda.request),
    item("Lambda", "duration", seconds * secondPrice(handler, prices)),
    item("CloudWatch", "logs", logged * logPrice(handler, prices)),
  ];
}

function secondPrice({ memoryMb, architecture }: FunctionShape, { lambda }: Prices): number {
  const price = architecture === "arm64" ? lambda.armGigabyteSecond : lambda.x86GigabyteSecond;
  return (memoryMb / 1024) * price;
}

/** Of what is logged in a month: its ingestion, and the storage of as much as is kept. */
function logPrice({ retentionDays = unlimitedRetentionDays }: FunctionShape, { logs }: Prices) {
  return logs.ingestedGigabyte + (retentionDays / 30) * logs.storedGigabyteMonth;
}

function batchOf(
  mapping: NonNullable<ConsumerShape["queue"]>["mapping"],
  messages: number,
  load: Load,
): number {
  return mapping === undefined
    ? (load.batch ?? mostReceived)
    : averageBatch(mapping, messages, load);
}

function idlePolls(mapping: NonNullable<ConsumerShape["queue"]>["mapping"]): number {
  if (mapping === undefined) return 0;
  const { maximumConcurrency, minimumPollers } = mapping;
  const usual =
    maximumConcurrency === undefined ? idlePollers.least : idlePollers.withMaximumConcurrency;
  return (minimumPollers ?? usual) * idlePollsPerMonth;
}

function chunks(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / chunkBytes));
}

function item(service: CostItem["service"], what: string, dollars: number): CostItem {
  return { service, what, dollars };
}
