import type * as aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";
import type { FifoArgs, Transforms } from "./fanoutTopicArgs.ts";

/** What a topic's consumers need to know of it. */
export type TopicContext = {
  /** The component's name. */
  readonly name: string;
  readonly topic: aws.sns.Topic;
  /** FIFO settings with their defaults, or undefined for a standard topic. */
  readonly fifo:
    | Required<Pick<FifoArgs, "contentBasedDeduplication" | "highThroughput">>
    | undefined;
  readonly maxMessageSize: Input<number>;
  readonly tags: Record<string, Input<string>> | undefined;
  readonly transform: Transforms;
};
