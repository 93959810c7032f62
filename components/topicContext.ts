import type * as aws from "@pulumi/aws";
import type { Input, Resource } from "@pulumi/pulumi";
import type { Transforms } from "./fanoutTopicArgs.ts";
import { withTraces } from "./promiseTraces.ts";
import type { FifoSettings } from "./topic/fifoSettings.ts";

/** What a topic's consumers need to know of it. */
export type TopicContext = {
  /** The component's name. */
  readonly name: string;
  readonly topic: aws.sns.Topic;
  /** Undefined for a standard topic. */
  readonly fifo: FifoSettings | undefined;
  /** The key that messages are encrypted with, if any. */
  readonly key: aws.kms.Key | undefined;
  /** Policies that have to be in place before the first message: the key's, the topic's for subscribers. */
  readonly policies: readonly Resource[];
  /** Whether functions send traces. */
  readonly tracing: boolean;
  readonly maxMessageSize: Input<number>;
  readonly tags: Record<string, Input<string>> | undefined;
  readonly transform: Transforms;
};

/** The user's transforms, whose errors have their position wherever they are called. */
export function withTracedErrors(transform: Transforms): Transforms {
  const { queue, deadLetterQueue, subscription, role, logGroup, mapping } = transform;
  return {
    queue: queue && withTraces(queue),
    deadLetterQueue: deadLetterQueue && withTraces(deadLetterQueue),
    subscription: subscription && withTraces(subscription),
    role: role && withTraces(role),
    logGroup: logGroup && withTraces(logGroup),
    function: transform.function && withTraces(transform.function),
    mapping: mapping && withTraces(mapping),
  };
}
