import { parseArn } from "../../../aws/arn.ts";
import { account, formatArn } from "../../arn.ts";
import { AwsError } from "../../protocol/awsError.ts";
import { RecordLog, type StreamRecord } from "../../streams/recordLog.ts";
import type { Clock } from "../../time/clock.ts";
import type { Trace } from "../../trace/trace.ts";
import { hashKeyOf, type Shard, sequenceNumberOf, shardsOf } from "./records.ts";

export type StreamMode = "ON_DEMAND" | "PROVISIONED";

export type Stream = {
  readonly arn: string;
  readonly name: string;
  readonly mode: StreamMode;
  readonly shards: readonly Shard[];
  /** 24 to 8,760 hours. */
  readonly retentionHours: number;
  /** Cloud time, in milliseconds since 1970. */
  readonly created: number;
};

export type StreamSettings = {
  /** @default "PROVISIONED" */
  readonly mode?: StreamMode | undefined;
  /** @default the four with which a stream on demand begins */
  readonly shardCount?: number | undefined;
  /** @default 24 */
  readonly retentionHours?: number | undefined;
};

export type NewRecord = {
  readonly partitionKey: string;
  readonly data: Buffer;
  /** In place of the partition key's own. */
  readonly explicitHashKey?: bigint | undefined;
};

export type StreamsOptions = {
  readonly clock: Clock;
  readonly region: string;
  readonly trace: Trace;
};

/** The largest record: its data and its partition key together, in bytes. */
const largestRecord = 10 * 1024 * 1024;

/**
 * Kinesis data streams. Wherever a stream is named, its ARN does as well. Records are kept in memory: a
 * cloud that opens again on its data begins with empty streams.
 */
export class Streams {
  readonly #options: StreamsOptions;
  readonly #streams = new Map<string, Stream>();
  readonly #log: RecordLog;

  constructor(options: StreamsOptions) {
    this.#options = options;
    this.#log = new RecordLog({
      clock: options.clock,
      retention: (arn) => this.get(arn).retentionHours * 3_600_000,
      sequenceNumberOf,
    });
  }

  /** @throws AwsError ResourceInUseException */
  create(
    name: string,
    { mode = "PROVISIONED", shardCount = 4, retentionHours = 24 }: StreamSettings = {},
  ): Stream {
    if (this.#streams.has(name)) {
      throw new AwsError("ResourceInUseException", `Stream ${name} already exists.`);
    }
    const stream = {
      ...{ arn: formatArn("kinesis", this.#options.region, `stream/${name}`), name, mode },
      ...{ shards: shardsOf(shardCount), retentionHours, created: this.#options.clock.now() },
    };
    this.#streams.set(name, stream);
    return stream;
  }

  setRetention(name: string, retentionHours: number): void {
    this.#streams.set(name, { ...this.get(name), retentionHours });
  }

  delete(name: string): void {
    const stream = this.find(name);
    if (stream === undefined) return;
    this.#streams.delete(stream.name);
    this.#log.clear(stream.arn);
  }

  find(nameOrArn: string): Stream | undefined {
    return this.#streams.get(nameIn(nameOrArn));
  }

  /** @throws AwsError ResourceNotFoundException */
  get(nameOrArn: string): Stream {
    const stream = this.find(nameOrArn);
    if (stream !== undefined) return stream;
    const name = nameIn(nameOrArn);
    throw new AwsError(
      "ResourceNotFoundException",
      `Stream ${name} under account ${account} not found.`,
    );
  }

  list(): readonly Stream[] {
    return [...this.#streams.values()];
  }

  /** @param from who puts it, for the trace */
  put(nameOrArn: string, record: NewRecord, from: string): StreamRecord {
    const stream = this.get(nameOrArn);
    const { partitionKey, data, explicitHashKey = hashKeyOf(partitionKey) } = record;
    if (Buffer.byteLength(partitionKey) + data.length > largestRecord) {
      throw new AwsError(
        "ValidationException",
        `1 validation error detected: Value at 'data' failed to satisfy constraint: Member must have length less than or equal to ${largestRecord}`,
      );
    }
    const shard = stream.shards.find(({ endingHashKey }) => explicitHashKey <= endingHashKey);
    if (shard === undefined) throw new Error(`no shard of ${stream.arn} takes ${explicitHashKey}`);
    const stored = this.#log.append(stream.arn, { shardId: shard.id, partitionKey, data });
    const { sequenceNumber } = stored;
    this.#options.trace.record(sequenceNumber, from, stream.arn, {
      kind: "queued",
      messageId: sequenceNumber,
      delaySeconds: 0,
    });
    return stored;
  }

  /** Records of a shard after a sequence number, oldest first; those past the retention are gone. */
  read(nameOrArn: string, shardId: string, after: string, most: number): readonly StreamRecord[] {
    return this.#log.read(this.get(nameOrArn).arn, shardId, after, most);
  }

  /** The sequence number after which records come that are put from now on. */
  latest(): string {
    return this.#log.latest();
  }

  /** The sequence number after which records come that arrived at `time` or later. */
  before(nameOrArn: string, shardId: string, time: number): string {
    return this.#log.before(this.get(nameOrArn).arn, shardId, time);
  }

  /** Calls `listener` after each record. @returns ends it */
  watch(streamArn: string, listener: () => void): () => void {
    return this.#log.watch(streamArn, listener);
  }
}

function nameIn(nameOrArn: string): string {
  return parseArn(nameOrArn)?.resource.replace(/^stream\//, "") ?? nameOrArn;
}
