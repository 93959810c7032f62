import type { ConsumerSpec, FunctionConsumerSpec, QueueConsumerSpec } from "../consumerSpec.ts";
import { handlerArgs, isFunction } from "../consumers/consumerFunction.ts";
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
  readonly fifoQueue: boolean;
  /** A handler of ours. */
  readonly handler: HandlerArgs | undefined;
  /** Whether that handler's entry file exists. */
  readonly entryFound: boolean;
  /** The timeout of that handler's function, when known. */
  readonly timeoutSeconds: number | undefined;
};

export function topicFacts(name: string, args: FanoutTopicArgs): TopicFacts {
  const { fifo } = args;
  return { name, args, fifo: fifo === true ? {} : fifo || undefined };
}

export function consumerFacts(
  topic: TopicFacts,
  spec: ConsumerSpec,
  isFile: (path: string) => boolean,
): ConsumerFacts {
  const queue = spec.kind === "function" ? undefined : spec;
  const handler =
    spec.handler === undefined || isFunction(spec.handler) ? undefined : handlerArgs(spec.handler);
  return {
    topic,
    spec,
    queue,
    direct: spec.kind === "function" ? spec : undefined,
    fifoQueue: queue !== undefined && (queue.fifo ?? topic.fifo !== undefined),
    handler,
    entryFound: handler !== undefined && isFile(handler.entry),
    timeoutSeconds: handler && known(handler.timeoutSeconds ?? defaultTimeoutSeconds),
  };
}
