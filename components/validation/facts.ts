import type { ConsumerSpec } from "../consumers/consumer.ts";
import { handlerArgs } from "../consumers/consumerFunction.ts";
import type {
  EmailConsumerSpec,
  HttpsConsumerSpec,
  SmsConsumerSpec,
} from "../consumers/endpointConsumer.ts";
import { isExistingFunction } from "../consumers/existingFunction.ts";
import type { FirehoseConsumerSpec } from "../consumers/firehoseConsumer.ts";
import type { FunctionConsumerSpec } from "../consumers/functionConsumer.ts";
import { isFifoQueue } from "../consumers/names.ts";
import type { QueueConsumerSpec } from "../consumers/queueConsumer.ts";
import { advisedVisibilityTimeout } from "../consumers/visibilityTimeout.ts";
import type { FanoutTopicArgs } from "../fanoutTopicArgs.ts";
import { defaultTimeoutSeconds, type HandlerArgs } from "../handlerArgs.ts";
import type { FifoArgs } from "../topic/fifo.ts";
import { addedVariables } from "./addedVariables.ts";
import type { HandlerFacts } from "./handlerFacts.ts";
import { known } from "./rule.ts";

/** The subject of rules about a topic. */
export type TopicFacts = {
  readonly name: string;
  readonly args: FanoutTopicArgs;
  /** Undefined for a standard topic. */
  readonly fifo: FifoArgs | undefined;
};

/** The subject of rules about a consumer: its spec, by kind, and values derived from it. */
export type ConsumerFacts = Pick<HandlerFacts, "entryFound" | "addedVariables"> & {
  readonly topic: TopicFacts;
  readonly spec: ConsumerSpec;
  readonly queue: QueueConsumerSpec | undefined;
  readonly direct: FunctionConsumerSpec | undefined;
  readonly external: ExternalConsumerSpec | undefined;
  readonly fifoQueue: boolean;
  /** Undefined for an existing function. */
  readonly handler: HandlerArgs | undefined;
  /** The timeout of the handler's function, if known. */
  readonly timeoutSeconds: number | undefined;
};

/** A consumer with an endpoint outside the component. */
export type ExternalConsumerSpec =
  | EmailConsumerSpec
  | SmsConsumerSpec
  | HttpsConsumerSpec
  | FirehoseConsumerSpec;

export function topicFacts(name: string, args: FanoutTopicArgs): TopicFacts {
  const { fifo } = args;
  return { name, args, fifo: fifo === true ? {} : fifo || undefined };
}

export function consumerFacts(
  topic: TopicFacts,
  spec: ConsumerSpec,
  isFile: (path: string) => boolean,
): ConsumerFacts {
  const kinds = byKind(spec);
  const { queue } = kinds;
  const worker = queue?.handler ?? kinds.direct?.handler;
  const handler =
    worker === undefined || isExistingFunction(worker) ? undefined : handlerArgs(worker);
  const fifoQueue = queue !== undefined && isFifoQueue(queue, topic.fifo !== undefined);
  const consumer = { topicName: topic.name, consumer: spec.name, queue, fifoQueue };
  return {
    topic,
    spec,
    ...kinds,
    fifoQueue,
    handler,
    entryFound: handler?.entry !== undefined && isFile(handler.entry),
    addedVariables: handler ? addedVariables({ ...consumer, handler }) : {},
    timeoutSeconds: handler && known(handler.timeoutSeconds ?? defaultTimeoutSeconds),
  };
}

/** The visibility timeout of a new queue with a handler; undefined if it is not known. */
export function knownVisibilityTimeout({
  queue,
  timeoutSeconds,
}: ConsumerFacts): number | undefined {
  if (queue?.visibilityTimeoutSeconds !== undefined) return known(queue.visibilityTimeoutSeconds);
  const window = known(queue?.batchWindowSeconds ?? 0);
  if (timeoutSeconds === undefined || window === undefined) return undefined;
  return advisedVisibilityTimeout(timeoutSeconds, window);
}

function byKind(spec: ConsumerSpec): Pick<ConsumerFacts, "queue" | "direct" | "external"> {
  const none = { queue: undefined, direct: undefined, external: undefined };
  switch (spec.kind) {
    case undefined:
    case "queue":
      return { ...none, queue: spec };
    case "function":
      return { ...none, direct: spec };
    default:
      return { ...none, external: spec };
  }
}
