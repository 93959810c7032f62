import type { Prices } from "../../aws/prices.ts";
import type { Load } from "./load.ts";
import { chunkBytes, monthlyCost, total } from "./monthlyCost.ts";
import type { ConsumerShape, StackShape, TopicShape } from "./stackShape.ts";

/** What another choice would save a month. */
export type Saving = {
  readonly choice: string;
  readonly topic: string;
  /** Absent for a choice of the topic. */
  readonly consumer?: string | undefined;
  readonly dollars: number;
};

const leastDollars = 0.01;

/** Another choice: the stack and the load with it; undefined where it is made already, or is none. */
type Choice = {
  readonly choice: string;
  readonly change: (consumer: ConsumerShape, load: Load) => Changed | undefined;
};

type Changed = { readonly consumer?: ConsumerShape; readonly load?: Load };

const windowSeconds = 5;
const windowBatch = 100;
const shortRetentionDays = 14;

/** The most messages of a PublishBatch. */
const publishBatchSize = 10;

const choices: readonly Choice[] = [
  {
    choice: `a batch window of ${windowSeconds} s with a batch size of ${windowBatch}`,
    change: ({ queue, ...rest }) =>
      queue?.mapping === undefined || queue.fifo || queue.mapping.windowSeconds > 0
        ? undefined
        : {
            consumer: {
              ...rest,
              queue: {
                ...queue,
                mapping: { ...queue.mapping, windowSeconds, batchSize: windowBatch },
              },
            },
          },
  },
  {
    choice: "a filter on attributes that accepts half of the messages",
    change: ({ filter, name }, load) =>
      filter === "none"
        ? { load: { ...load, matches: { ...load.matches, [name]: 0.5 } } }
        : undefined,
  },
  {
    choice: "a filter on attributes instead of bodies",
    change: (consumer) =>
      consumer.filter === "body" ? { consumer: { ...consumer, filter: "attributes" } } : undefined,
  },
  {
    choice: "raw delivery, without SNS's envelope",
    change: (consumer) => (consumer.raw ? undefined : { consumer: { ...consumer, raw: true } }),
  },
  {
    choice: "arm64",
    change: ({ handler, ...rest }) =>
      handler?.architecture === "x86_64"
        ? { consumer: { ...rest, handler: { ...handler, architecture: "arm64" } } }
        : undefined,
  },
  {
    choice: `logs that expire after ${shortRetentionDays} days`,
    change: ({ handler, ...rest }) =>
      handler !== undefined && (handler.retentionDays ?? 365) > shortRetentionDays
        ? { consumer: { ...rest, handler: { ...handler, retentionDays: shortRetentionDays } } }
        : undefined,
  },
  {
    choice: "no maximum concurrency, so that idle pollers become fewer",
    change: ({ queue, ...rest }) =>
      queue?.mapping?.maximumConcurrency === undefined
        ? undefined
        : {
            consumer: {
              ...rest,
              queue: { ...queue, mapping: { ...queue.mapping, maximumConcurrency: undefined } },
            },
          },
  },
];

/** What each choice would save by itself, the largest first. Choices that save less than a cent are left out. */
export function savings(stack: StackShape, load: Load, prices: Prices): Saving[] {
  const before = total(monthlyCost(stack, load, prices));
  const saved = (changed: StackShape, changedLoad = load) =>
    before - total(monthlyCost(changed, changedLoad, prices));
  const found = stack.topics.flatMap((topic): Saving[] => [
    ...fifoChoices(stack, topic).map(({ choice, changed }) => ({
      choice,
      topic: topic.name,
      dollars: saved(changed),
    })),
    ...topic.consumers.flatMap((consumer) =>
      choices.flatMap(({ choice, change }): Saving[] => {
        const changed = change(consumer, load);
        if (changed === undefined) return [];
        const other = withConsumer(stack, topic.name, changed.consumer ?? consumer);
        const dollars = saved(other, changed.load);
        return [{ choice, topic: topic.name, consumer: consumer.name, dollars }];
      }),
    ),
  ]);
  return [
    ...found,
    ...loadChoices(load).map(({ choice, changed }) => ({
      choice,
      topic: "all topics",
      dollars: saved(stack, changed),
    })),
  ]
    .filter(({ dollars }) => dollars >= leastDollars)
    .sort((a, b) => b.dollars - a.dollars);
}

function loadChoices(load: Load) {
  const { bytes, publishBatch = 1 } = load;
  return [
    ...(bytes > chunkBytes
      ? [
          {
            choice: "messages of at most 64 KB, which name an object in S3 that has the rest",
            changed: { ...load, bytes: chunkBytes },
          },
        ]
      : []),
    ...(publishBatch < publishBatchSize
      ? [
          {
            choice: `PublishBatch, with ${publishBatchSize} messages each`,
            changed: { ...load, publishBatch: publishBatchSize },
          },
        ]
      : []),
  ];
}

function fifoChoices(stack: StackShape, topic: TopicShape) {
  if (!topic.fifo) return [];
  const consumers = topic.consumers.map(({ queue, ...rest }) => ({
    ...rest,
    queue: queue && { ...queue, fifo: false },
  }));
  return [
    {
      choice: "a standard topic with standard queues, without order",
      changed: withTopic(stack, { ...topic, fifo: false, consumers }),
    },
  ];
}

function withConsumer(stack: StackShape, topicName: string, consumer: ConsumerShape): StackShape {
  const topic = stack.topics.find(({ name }) => name === topicName);
  if (topic === undefined) return stack;
  const consumers = topic.consumers.map((each) => (each.name === consumer.name ? consumer : each));
  return withTopic(stack, { ...topic, consumers });
}

function withTopic(stack: StackShape, topic: TopicShape): StackShape {
  return {
    ...stack,
    topics: stack.topics.map((each) => (each.name === topic.name ? topic : each)),
  };
}
