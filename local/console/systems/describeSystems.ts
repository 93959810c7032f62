import * as v from "valibot";
import type { Cloud } from "../../cloud.ts";
import { qualifiedArn } from "../../services/lambda/functionArn.ts";
import { targetOf } from "../../services/s3/notification/rules.ts";
import type { Subscription } from "../../services/sns/subscription.ts";
import type { Topic } from "../../services/sns/topic.ts";
import type { Queue } from "../../services/sqs/queue.ts";
import { parseStackOutputs } from "../../systems/stackOutputs.ts";
import { shortName } from "../../trace/shortName.ts";
import { describeFlows } from "./describeFlows.ts";
import { originsOf } from "./madeByClients.ts";
import {
  type ConsumerShape,
  type Named,
  queuesOf,
  type Source,
  type SystemShape,
} from "./systemShape.ts";
import { triggersOf } from "./triggers.ts";

/**
 * The systems of the program in their order, and after them the topics and queues that were created
 * besides. The cloud says what there is; the outputs say what it is called.
 */
export function describeSystems(
  cloud: Cloud,
  outputs: Readonly<Record<string, unknown>>,
): SystemShape[] {
  const parsed = parseStackOutputs(outputs);
  // A program may export anything, or nothing, under that name: its topics are shown all the same.
  const systems = parsed.success ? parsed.output.systems : {};
  const ofProgram = Object.entries(systems).flatMap(([name, { topicArn, url, consumers }]) => {
    const topic = cloud.topics.find(topicArn);
    // A client of the API may have deleted it.
    if (topic === undefined) return [];
    const names = Object.entries(consumers).map(
      ([consumer, { subscriptionArn }]) => [subscriptionArn, consumer] as const,
    );
    const system = describeTopic(cloud, topic, new Map(names));
    return [{ ...system, name, inProgram: true, ...(url !== undefined && { url }) }];
  });
  const { isOfProgram } = originsOf(cloud);
  const known = new Set(Object.values(systems).map(({ topicArn }) => topicArn));
  const byHand = cloud.topics
    .list()
    .filter(({ arn }) => !known.has(arn))
    .map((topic) => ({
      ...describeTopic(cloud, topic, new Map()),
      inProgram: isOfProgram("topic", topic.arn),
    }));
  const ofTopics = [...ofProgram, ...byHand];
  const flows = describeFlows(cloud, (arn, key) => consumerOf(cloud, arn, key));
  const all = [...ofTopics, ...flows.map((flow) => withOwnName(flow, ofTopics))];
  return [...all, ...queuesAlone(cloud, all), ...functionsAlone(cloud, all)];
}

/** A bucket may be called like the system that it is a source of. */
function withOwnName(flow: SystemShape, others: readonly SystemShape[]): SystemShape {
  const isTaken = others.some(({ name }) => name === flow.name);
  return isTaken ? { ...flow, name: `${flow.name}-${flow.entrance?.kind}` } : flow;
}

/** Queues that nothing brings messages to but senders: with their function, where one reads them. */
function queuesAlone(cloud: Cloud, systems: readonly SystemShape[]): SystemShape[] {
  const loose = looseQueues(cloud, systems);
  const read = loose.filter(({ arn }) => mappingOf(cloud, arn) !== undefined);
  const consumers = read.map(({ arn }) => consumerOf(cloud, arn, `queue ${arn}`));
  const known = new Set(consumers.flatMap(queuesOf).map(([, { arn }]) => arn));
  const otherQueues = loose.filter(({ arn }) => !known.has(arn));
  if (loose.length === 0) return [];
  const { isOfProgram } = originsOf(cloud);
  const inProgram = loose.every(({ arn }) => isOfProgram("queue", cloud.queues.get(arn).url));
  return [{ ...nothing, name: "queues", inProgram, consumers, otherQueues }];
}

/** Functions that are called by no queue, topic, stream or rule: by an API, a schedule, other functions. */
function functionsAlone(cloud: Cloud, systems: readonly SystemShape[]): SystemShape[] {
  const known = new Set(
    [...systems, ...queuesAlone(cloud, systems)]
      .flatMap(({ consumers }) => consumers)
      // A function that is invoked by its alias is not alone.
      .map((consumer) => consumer.function && qualifiedArn(consumer.function.arn).arn),
  );
  const consumers = cloud.functions
    .list()
    .filter(({ arn }) => !known.has(arn))
    .map(({ arn }) => consumerOf(cloud, arn, `function ${arn}`));
  return consumers.length === 0
    ? []
    : [{ ...nothing, name: "functions", inProgram: true, consumers }];
}

/** The consumer at a queue or a function that no topic delivers to. */
function consumerOf(cloud: Cloud, arn: string, key: string): ConsumerShape {
  const queue = cloud.queues.find(arn);
  return {
    name: shortName(arn),
    subscriptionArn: key,
    protocol: queue === undefined ? "lambda" : "sqs",
    endpoint: arn,
    confirmed: true,
    raw: true,
    ...(queue === undefined
      ? directly(cloud, arn)
      : { queue: named(queue.arn), ...workOn(cloud, queue) }),
  };
}

const nothing = { inProgram: false, sources: [], consumers: [], otherQueues: [] };

/** @param names of consumers, by the ARN of their subscription */
function describeTopic(
  cloud: Cloud,
  topic: Topic,
  names: ReadonlyMap<string, string>,
): SystemShape {
  return {
    ...nothing,
    name: topic.name,
    topic: { arn: topic.arn, name: topic.name, fifo: topic.fifo },
    sources: sourcesOf(cloud, topic.arn),
    consumers: inOrder(cloud.topics.subscriptions(topic.arn), names).map((subscription) =>
      describeConsumer(cloud, subscription, names.get(subscription.arn)),
    ),
  };
}

function sourcesOf(cloud: Cloud, topicArn: string): Source[] {
  const buckets = cloud.buckets
    .list()
    .filter(({ notification }) => notification.some((rule) => targetOf(rule).arn === topicArn))
    .map(({ arn, name }) => ({ arn, name, kind: "bucket" as const }));
  const triggers = triggersOf(cloud)
    .filter(({ targetArn }) => targetArn === topicArn)
    .map(({ entrance }) => [entrance.arn, entrance] as const);
  return [...buckets, ...new Map(triggers).values()];
}

/** Those with a name come in the order of the names. */
function inOrder(
  subscriptions: readonly Subscription[],
  names: ReadonlyMap<string, string>,
): Subscription[] {
  const arns = [...names.keys()];
  const place = ({ arn }: Subscription) => (names.has(arn) ? arns.indexOf(arn) : arns.length);
  return [...subscriptions].sort((a, b) => place(a) - place(b));
}

function describeConsumer(
  cloud: Cloud,
  subscription: Subscription,
  name = shortName(subscription.endpoint),
): ConsumerShape {
  const { arn, protocol, endpoint, status, rawDelivery, attributes, deadLetterArn } = subscription;
  const queue = protocol === "sqs" ? cloud.queues.find(endpoint) : undefined;
  return {
    name,
    subscriptionArn: arn,
    protocol,
    endpoint,
    confirmed: status === "confirmed",
    raw: rawDelivery,
    ...(attributes.FilterPolicy !== undefined && {
      filter: {
        policy: JSON.parse(attributes.FilterPolicy),
        scope: attributes.FilterPolicyScope ?? "MessageAttributes",
      },
    }),
    ...(queue !== undefined && { queue: named(queue.arn), ...workOn(cloud, queue) }),
    ...(protocol === "lambda" && directly(cloud, endpoint)),
    ...(deadLetterArn !== undefined && { undelivered: named(deadLetterArn) }),
  };
}

function workOn(cloud: Cloud, queue: Queue): Partial<ConsumerShape> {
  const mapping = mappingOf(cloud, queue.arn);
  const target = deadLetterTarget(queue);
  return {
    ...(mapping !== undefined && { function: named(mapping.functionArn) }),
    ...(target !== undefined && { deadLetters: named(target) }),
  };
}

function mappingOf({ mappings }: Cloud, queueArn: string) {
  return mappings.list().find((mapping) => mapping.queueArn === queueArn);
}

function deadLetterTarget({ attributes }: Queue): string | undefined {
  const { RedrivePolicy: policy } = attributes;
  if (policy === undefined) return undefined;
  return v.parse(v.object({ deadLetterTargetArn: v.string() }), JSON.parse(policy))
    .deadLetterTargetArn;
}

function directly(cloud: Cloud, functionArn: string): Partial<ConsumerShape> {
  const found = cloud.functions.find(functionArn);
  const failures = found?.asynchronous.onFailureArn ?? found?.deadLetterTargetArn;
  return {
    function: named(functionArn),
    ...(failures?.includes(":sqs:") && { failures: named(failures) }),
  };
}

function looseQueues(cloud: Cloud, systems: readonly SystemShape[]): Named[] {
  const consumers = systems.flatMap((system) => system.consumers);
  const known = new Set(consumers.flatMap(queuesOf).map(([, { arn }]) => arn));
  return cloud.queues
    .list()
    .filter(({ arn }) => !known.has(arn))
    .map(({ arn }) => named(arn));
}

function named(arn: string): Named {
  return { arn, name: shortName(arn) };
}
