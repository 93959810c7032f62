import type { Clock } from "../time/clock.ts";

/** One record of a stream. */
export type StreamRecord = {
  readonly shardId: string;
  /** Grows from record to record of a shard; decimal digits, all of the same number. */
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  readonly data: Buffer;
  /** Cloud time, in milliseconds since 1970. */
  readonly arrival: number;
};

export type RecordLogOptions = {
  readonly clock: Clock;
  /** How long a stream's records are kept, in milliseconds. */
  readonly retention: (streamArn: string) => number;
  /** Writes a record's number, from 1, so that the order of texts is that of numbers. */
  readonly sequenceNumberOf: (number: number) => string;
};

/** The records of streams by shard, in memory, and who waits for more. */
export class RecordLog {
  readonly #options: RecordLogOptions;
  /** By stream and shard, in the order of arrival. */
  readonly #records = new Map<string, Map<string, StreamRecord[]>>();
  readonly #watchers = new Map<string, Set<() => void>>();
  #last = 0;

  constructor(options: RecordLogOptions) {
    this.#options = options;
  }

  append(
    streamArn: string,
    record: Pick<StreamRecord, "shardId" | "partitionKey" | "data">,
  ): StreamRecord {
    const { clock, sequenceNumberOf } = this.#options;
    const sequenceNumber = sequenceNumberOf(++this.#last);
    const stored = { ...record, sequenceNumber, arrival: clock.now() };
    this.#kept(streamArn, record.shardId).push(stored);
    for (const watcher of this.#watchers.get(streamArn) ?? []) watcher();
    return stored;
  }

  /** Records of a shard after a sequence number, oldest first; those past the retention are gone. */
  read(streamArn: string, shardId: string, after: string, most: number): readonly StreamRecord[] {
    return this.#kept(streamArn, shardId)
      .filter(({ sequenceNumber }) => sequenceNumber > after)
      .slice(0, most);
  }

  /** The sequence number after which records come that are appended from now on. */
  latest(): string {
    return this.#options.sequenceNumberOf(this.#last);
  }

  /** The sequence number after which records come that arrived at `time` or later. */
  before(streamArn: string, shardId: string, time: number): string {
    const earlier = this.#kept(streamArn, shardId).filter(({ arrival }) => arrival < time);
    return earlier.at(-1)?.sequenceNumber ?? "";
  }

  /** Calls `listener` after each record. @returns ends it */
  watch(streamArn: string, listener: () => void): () => void {
    const watchers = this.#watchers.get(streamArn) ?? new Set();
    this.#watchers.set(streamArn, watchers.add(listener));
    return () => watchers.delete(listener);
  }

  /** Drops the records of a stream. */
  clear(streamArn: string): void {
    this.#records.delete(streamArn);
  }

  #kept(streamArn: string, shardId: string): StreamRecord[] {
    const { clock, retention } = this.#options;
    const oldest = clock.now() - retention(streamArn);
    const shards = this.#records.get(streamArn) ?? new Map<string, StreamRecord[]>();
    const records = shards.get(shardId) ?? [];
    this.#records.set(streamArn, shards.set(shardId, records));
    // Most of the time none is too old, and a look at the first says so.
    const first = records.findIndex(({ arrival }) => arrival >= oldest);
    records.splice(0, first < 0 ? records.length : first);
    return records;
  }
}
