import type { StreamRecord } from "../../streams/recordLog.ts";
import type { Streams } from "./streams.ts";

export type { StreamRecord };

/** What a service needs of Kinesis that puts records. */
export type RecordTarget = Pick<Streams, "put">;

/** What a reader of streams needs of them: of Kinesis, and of tables. Streams are named by their ARNs. */
export type ReadableStreams = {
  /** @throws AwsError ResourceNotFoundException */
  get(streamArn: string): ReadableStream;
  find(streamArn: string): ReadableStream | undefined;
  /** Records of a shard after a sequence number, oldest first. */
  read(streamArn: string, shardId: string, after: string, most: number): readonly StreamRecord[];
  /** The sequence number after which records come that are put from now on. */
  latest(): string;
  /** The sequence number after which records come that arrived at `time` or later. */
  before(streamArn: string, shardId: string, time: number): string;
  /** Calls `listener` after each record. @returns ends it */
  watch(streamArn: string, listener: () => void): () => void;
};

export type ReadableStream = {
  readonly arn: string;
  readonly shards: readonly { readonly id: string }[];
};
