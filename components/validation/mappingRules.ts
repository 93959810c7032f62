import { mappingLimits } from "../../aws/limits.ts";
import type { QueueConsumerSpec } from "../consumers/queueConsumer.ts";
import type { ConsumerFacts } from "./facts.ts";
import { grouped, known, type Rule, range } from "./rule.ts";

const createMapping =
  "https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html";
const scaling = "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html";

/** Fields that require a handler. */
const mappingFields = [
  "batchSize",
  "batchWindowSeconds",
  "maxConcurrency",
  "provisionedPollers",
] as const satisfies readonly (keyof QueueConsumerSpec)[];

function largestBatch(fifoQueue: boolean): number {
  return fifoQueue ? mappingLimits.batchSizeWithoutWindow : mappingLimits.batchSize.max;
}

/** Rules about the event source mapping between a queue and its function. */
export const mappingRules: readonly Rule<ConsumerFacts>[] = [
  {
    about: mappingFields.join(", "),
    rule: "only with a handler",
    severity: "error",
    source: createMapping,
    check: ({ queue }) =>
      queue && queue.handler === undefined
        ? mappingFields
            .filter((field) => queue[field] !== undefined)
            .map((field) => `${field} has no effect without a handler; add one, or remove it`)
        : undefined,
  },
  {
    about: "batchSize",
    rule: "1 to 10 on a FIFO queue, 1 to 10,000 on a standard queue",
    severity: "error",
    source: createMapping,
    check: ({ queue, fifoQueue }) => {
      const given = known(queue?.batchSize);
      if (given === undefined || (given >= 1 && given <= largestBatch(fifoQueue))) return undefined;
      const limits = fifoQueue ? "1 to 10 on a FIFO queue" : "1 to 10,000";
      return `batchSize must be ${limits} (given ${given})`;
    },
  },
  {
    about: "batchSize",
    rule: "above 1 on a FIFO queue with a handler that carries on at the last receive, such as handleFifoBatch: messages behind a failed one use up their receives",
    severity: "warning",
    source: "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html",
    check: ({ queue, fifoQueue }) => {
      const given = known(queue?.batchSize);
      return fifoQueue && given !== undefined && given > 1 && given <= largestBatch(fifoQueue)
        ? `batchSize ${given} on a FIFO queue: the messages of a batch behind a failed one use up their receives with it, and reach the dead-letter queue unhandled if the function times out, or if its handler is not handleFifoBatch; use 1 unless you need the throughput`
        : undefined;
    },
  },
  {
    about: "batchSize",
    rule: "above 10 only with a batchWindowSeconds of 1 or more",
    severity: "error",
    source: createMapping,
    check: ({ queue, fifoQueue }) => {
      const size = known(queue?.batchSize);
      const window = known(queue?.batchWindowSeconds ?? 0);
      return !fifoQueue &&
        size !== undefined &&
        size > mappingLimits.batchSizeWithoutWindow &&
        window !== undefined &&
        window < 1
        ? `batchSize above 10 requires batchWindowSeconds of 1 or more (given ${size} and ${window})`
        : undefined;
    },
  },
  range({
    about: "batchWindowSeconds",
    ...mappingLimits.windowSeconds,
    unit: "seconds",
    source: createMapping,
    value: ({ queue }) => queue?.batchWindowSeconds,
  }),
  {
    about: "batchWindowSeconds",
    rule: "not on a FIFO queue",
    severity: "error",
    source: createMapping,
    check: ({ queue, fifoQueue }) =>
      fifoQueue && queue?.batchWindowSeconds !== undefined
        ? "batchWindowSeconds is not supported on a FIFO queue; remove it"
        : undefined,
  },
  range({
    about: "maxConcurrency",
    ...mappingLimits.concurrency,
    source: createMapping,
    value: ({ queue }) => queue?.maxConcurrency,
  }),
  {
    about: "maxConcurrency",
    rule: "not above the handler's reservedConcurrency",
    severity: "error",
    source: scaling,
    check: ({ queue, handler }) => {
      const most = known(queue?.maxConcurrency);
      const reserved = known(handler?.reservedConcurrency);
      return most !== undefined && reserved !== undefined && most > reserved
        ? `maxConcurrency (${most}) is above reservedConcurrency (${reserved}): the rest is throttled, and throttled messages end up in the dead-letter queue`
        : undefined;
    },
  },
  {
    about: "reservedConcurrency",
    rule: "requires a maxConcurrency: a queue's pollers start with 5 concurrent invocations, whatever the reservation",
    severity: "warning",
    source: scaling,
    check: ({ queue, handler }) => {
      const limited =
        queue?.maxConcurrency !== undefined || queue?.provisionedPollers !== undefined;
      return queue && handler?.reservedConcurrency !== undefined && !limited
        ? "reservedConcurrency without maxConcurrency: pollers exceed it, and throttled messages end up in the dead-letter queue; set maxConcurrency to the same number"
        : undefined;
    },
  },
  range({
    about: "provisionedPollers.minimum",
    ...mappingLimits.minimumPollers,
    source: scaling,
    value: ({ queue }) => queue?.provisionedPollers?.minimum,
  }),
  range({
    about: "provisionedPollers.maximum",
    ...mappingLimits.maximumPollers,
    source: scaling,
    value: ({ queue }) => queue?.provisionedPollers?.maximum,
  }),
  {
    about: "provisionedPollers.maximum",
    rule: "above 2,000 only if your version of @pulumi/aws accepts it: it documents 2,000, Lambda's API 10,000",
    severity: "warning",
    source: "https://www.pulumi.com/registry/packages/aws/api-docs/lambda/eventsourcemapping/",
    check: ({ queue }) => {
      const given = known(queue?.provisionedPollers?.maximum);
      return given !== undefined && given > 2000 && given <= mappingLimits.maximumPollers.max
        ? `provisionedPollers.maximum (${grouped(given)}) is within Lambda's 10,000, but @pulumi/aws documents 2,000; if a preview rejects it, update the provider`
        : undefined;
    },
  },
  {
    about: "provisionedPollers",
    rule: "minimum not above maximum",
    severity: "error",
    source: scaling,
    check: ({ queue }) => {
      const minimum = known(queue?.provisionedPollers?.minimum);
      const maximum = known(queue?.provisionedPollers?.maximum);
      return minimum !== undefined && maximum !== undefined && minimum > maximum
        ? `provisionedPollers.minimum (${minimum}) is above the maximum (${maximum})`
        : undefined;
    },
  },
  {
    about: "provisionedPollers",
    rule: "not together with maxConcurrency",
    severity: "error",
    source: scaling,
    check: ({ queue }) =>
      queue?.provisionedPollers !== undefined && queue.maxConcurrency !== undefined
        ? "provisionedPollers and maxConcurrency exclude each other; remove one of them"
        : undefined,
  },
];
