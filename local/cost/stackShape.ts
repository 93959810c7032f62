/** What of a stack decides its costs. */
export type StackShape = {
  readonly topics: readonly TopicShape[];
  /** Metric alarms. */
  readonly alarms: number;
  /** Keys of KMS that the stack creates. */
  readonly keys: number;
};

export type TopicShape = {
  readonly name: string;
  readonly fifo: boolean;
  readonly consumers: readonly ConsumerShape[];
};

export type ConsumerShape = {
  readonly name: string;
  /** `sqs`, `lambda`, `https`, `email`, `firehose`, ... */
  readonly protocol: string;
  /** Whether the message is delivered without SNS's envelope. */
  readonly raw: boolean;
  readonly filter: "none" | "attributes" | "body";
  /** Where the protocol is `sqs`. */
  readonly queue?: QueueShape | undefined;
  /** That handles the messages, of the queue or directly. */
  readonly handler?: FunctionShape | undefined;
};

type QueueShape = {
  readonly fifo: boolean;
  /** Of the event source mapping; absent for a queue that is polled otherwise. */
  readonly mapping?: MappingShape | undefined;
};

export type MappingShape = {
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly maximumConcurrency?: number | undefined;
  readonly minimumPollers?: number | undefined;
};

export type FunctionShape = {
  readonly memoryMb: number;
  readonly architecture: "arm64" | "x86_64";
  /** Of its log group; undefined where logs never expire. */
  readonly retentionDays?: number | undefined;
};
