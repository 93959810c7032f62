import type {
  ConsumerSpec,
  EmailConsumerSpec,
  FirehoseConsumerSpec,
  FunctionConsumerSpec,
  HttpsConsumerSpec,
  QueueConsumerSpec,
  SmsConsumerSpec,
} from "../consumerSpec.ts";
import { handlerArgs, isFunction } from "../consumers/consumerFunction.ts";
import { isFifoQueue } from "../consumers/queueKind.ts";
import type { FanoutTopicArgs, FifoArgs } from "../fanoutTopicArgs.ts";
import { defaultTimeoutSeconds } from "../functions/handlerFunction.ts";
import type { HandlerArgs } from "../handlerSpec.ts";
import { known } from "./rule.ts";

/** What the rules look at of a topic. */
export type TopicFacts = {
  readonly name: string;
  readonly args: FanoutTopicArgs;
  /** Undefined for a standard topic. */
  readonly fifo: FifoArgs | undefined;
};

/** What the rules look at of a consumer: its spec, by kind, and what follows from it. */
export type ConsumerFacts = {
  readonly topic: TopicFacts;
  readonly spec: ConsumerSpec;
  readonly queue: QueueConsumerSpec | undefined;
  readonly direct: FunctionConsumerSpec | undefined;
  readonly outside: OutsideConsumerSpec | undefined;
  readonly fifoQueue: boolean;
  /** A handler of ours. */
  readonly handler: HandlerArgs | undefined;
  /** Whether that handler's entry file exists. */
  readonly entryFound: boolean;
  /** The timeout of that handler's function, when known. */
  readonly timeoutSeconds: number | undefined;
};

/** A consumer that is not ours to build: an address. */
export type OutsideConsumerSpec =
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
  const handler = worker === undefined || isFunction(worker) ? undefined : handlerArgs(worker);
  return {
    topic,
    spec,
    ...kinds,
    fifoQueue: queue !== undefined && isFifoQueue(queue, topic.fifo !== undefined),
    handler,
    entryFound: handler !== undefined && isFile(handler.entry),
    timeoutSeconds: handler && known(handler.timeoutSeconds ?? defaultTimeoutSeconds),
  };
}

function byKind(spec: ConsumerSpec): Pick<ConsumerFacts, "queue" | "direct" | "outside"> {
  const none = { queue: undefined, direct: undefined, outside: undefined };
  switch (spec.kind) {
    case undefined:
    case "queue":
      return { ...none, queue: spec };
    case "function":
      return { ...none, direct: spec };
    default:
      return { ...none, outside: spec };
  }
}
