import type { Write } from "dynalite/db/index.js";
import { parseArn } from "../../../../aws/arn.ts";
import { formatArn } from "../../../arn.ts";
import { AwsError } from "../../../protocol/awsError.ts";
import { RecordLog, type StreamRecord } from "../../../streams/recordLog.ts";
import type { Clock } from "../../../time/clock.ts";
import type { ReadableStream, ReadableStreams } from "../../kinesis/interface.ts";
import { validationError } from "../dynamoError.ts";
import type { Engine } from "../engine.ts";
import type { StreamViewType } from "../interface.ts";
import { itemChange, writtenItems } from "./itemChanges.ts";
import { StreamSettings, type TableStream } from "./streamSettings.ts";

export type TableStreamsOptions = {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly region: string;
};

/** How long records are kept, in milliseconds. */
const retention = 24 * 3_600_000;

const shardId = "shardId-00000000000000000000-00000001";

/** The first that a stream may have. */
export const firstSequenceNumber = sequenceNumberOf(1);

/**
 * The streams of tables: a record for each change of an item, in one shard for each table. Records are kept
 * in memory; which tables have a stream is kept with their data.
 *
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html
 */
export class TableStreams implements ReadableStreams {
  readonly #options: TableStreamsOptions;
  readonly #settings: StreamSettings;
  readonly #log: RecordLog;

  constructor(options: TableStreamsOptions) {
    this.#options = options;
    this.#settings = new StreamSettings(options.engine.store.db);
    const { clock } = options;
    this.#log = new RecordLog({ clock, retention: () => retention, sequenceNumberOf });
  }

  /** Reads which tables have streams. To be called before streams are named by their ARNs. */
  open(): Promise<void> {
    return this.#settings.open();
  }

  /** Gives a table a stream, changes what its records have, or ends it. */
  async set(tableName: string, view: StreamViewType | undefined): Promise<void> {
    await this.open();
    const current = this.#settings.of(tableName);
    if (current?.view === view) return;
    if (current !== undefined) this.#log.clear(this.#arnOf(current));
    if (view === undefined) return this.#settings.remove(tableName);
    const label = new Date(this.#options.clock.now()).toISOString().replace("Z", "");
    await this.#settings.save({ tableName, view, label });
  }

  /**
   * Begins a table's stream, or ends it.
   * @throws AwsError ValidationException if the table has one already, or has none to end
   */
  async change(tableName: string, view: StreamViewType | undefined): Promise<void> {
    const current = await this.of(tableName);
    if (view !== undefined && current !== undefined) {
      throw validationError(`Table already has an enabled stream: TableName: ${tableName}`);
    }
    if (view === undefined && current === undefined) {
      throw validationError(`Table has no stream to disable: TableName: ${tableName}`);
    }
    await this.set(tableName, view);
  }

  /** All streams, or those of one table. */
  async list(tableName?: string): Promise<(TableStream & { readonly arn: string })[]> {
    await this.open();
    return this.#settings
      .list()
      .filter((stream) => tableName === undefined || stream.tableName === tableName)
      .map((stream) => ({ ...stream, arn: this.#arnOf(stream) }));
  }

  /** The stream of a table, if it has one. */
  async of(tableName: string): Promise<(TableStream & { readonly arn: string }) | undefined> {
    await this.open();
    const stream = this.#settings.of(tableName);
    return stream && { ...stream, arn: this.#arnOf(stream) };
  }

  /** Writes to the database, and appends what has changed to the streams. */
  async write(writes: readonly Write[]): Promise<void> {
    const { engine } = this.#options;
    await this.open();
    const written = this.#settings.isEmpty
      ? []
      : await writtenItems(engine, writes, (name) => this.#settings.of(name) !== undefined);
    await engine.store.db.batch(writes);
    for (const each of written) {
      const stream = this.#settings.of(each.tableName);
      if (stream === undefined) continue;
      const change = itemChange(each, await engine.table(each.tableName), stream.view);
      const data = Buffer.from(JSON.stringify(change));
      this.#log.append(this.#arnOf(stream), { shardId, partitionKey: "", data });
    }
  }

  find(streamArn: string): ReadableStream | undefined {
    const stream = this.#settings.of(tableIn(streamArn));
    if (stream === undefined || this.#arnOf(stream) !== streamArn) return undefined;
    return { arn: streamArn, shards: [{ id: shardId }] };
  }

  get(streamArn: string): ReadableStream {
    const stream = this.find(streamArn);
    if (stream !== undefined) return stream;
    throw new AwsError(
      "ResourceNotFoundException",
      `Requested resource not found: Stream: ${streamArn} not found`,
    );
  }

  read(streamArn: string, _shard: string, after: string, most: number): readonly StreamRecord[] {
    return this.#log.read(streamArn, shardId, after, most);
  }

  latest(): string {
    return this.#log.latest();
  }

  before(streamArn: string, _shard: string, time: number): string {
    return this.#log.before(streamArn, shardId, time);
  }

  watch(streamArn: string, listener: () => void): () => void {
    return this.#log.watch(streamArn, listener);
  }

  #arnOf({ tableName, label }: TableStream): string {
    return formatArn("dynamodb", this.#options.region, `table/${tableName}/stream/${label}`);
  }
}

function tableIn(streamArn: string): string {
  return parseArn(streamArn)?.resource.split("/")[1] ?? "";
}

/** 21 digits, as DynamoDB has them. @param number from 1 */
function sequenceNumberOf(number: number): string {
  return `1${String(number).padStart(20, "0")}`;
}
