import { formatArn } from "../../arn.ts";
import { AwsError } from "../../protocol/awsError.ts";
import type { Cancel, Clock } from "../../time/clock.ts";
import type { DeliveryStream } from "./deliveryStream.ts";
import type { NewRecord, RecordSink } from "./interface.ts";
import { type Gathered, RecordTable } from "./recordTable.ts";
import { type WritingOptions, writeRecords } from "./writeRecords.ts";

/** https://docs.aws.amazon.com/firehose/latest/dev/limits.html */
const largestRecordBytes = 1000 * 1024;

/** How long Firehose retries a bucket before it drops the records. */
const givingUpMilliseconds = 24 * 60 * 60_000;

const mebibyte = 1024 * 1024;

export type DeliveryStreamsOptions = WritingOptions & {
  readonly clock: Clock;
  readonly region: string;
};

/**
 * Firehose: streams that gather records and write them to a bucket, many in one object. What is gathered
 * is in the cloud's store, so that a killed process loses none of it.
 */
export class DeliveryStreams implements RecordSink {
  readonly #options: DeliveryStreamsOptions;
  readonly #records: RecordTable;
  readonly #streams = new Map<string, DeliveryStream>();
  readonly #gathered = new Map<string, Gathered>();
  readonly #due = new Map<string, Cancel>();
  /** The streams whose latest attempt failed. */
  readonly #retrying = new Set<string>();

  constructor(options: DeliveryStreamsOptions) {
    this.#options = options;
    this.#records = new RecordTable(options.store);
  }

  /** Records that an earlier run on the same data buffered are written when they are due. */
  create(definition: Omit<DeliveryStream, "arn">): DeliveryStream {
    const stream = { arn: this.#arnOf(definition.name), ...definition };
    this.#streams.set(stream.arn, stream);
    const gathered = this.#records.gathered(stream.arn);
    if (gathered !== undefined) {
      this.#gathered.set(stream.arn, gathered);
      this.#writeAt(stream.arn, writingTime(stream, gathered.oldest));
    }
    return stream;
  }

  /** Changes a stream's settings; what is gathered is written by them. */
  update(definition: Omit<DeliveryStream, "arn">): void {
    const arn = this.#arnOf(definition.name);
    if (this.#streams.has(arn)) this.#streams.set(arn, { arn, ...definition });
  }

  /** Deletes a stream with what it has gathered. */
  delete(name: string): void {
    const arn = this.#arnOf(name);
    if (!this.#streams.delete(arn)) return;
    this.#due.get(arn)?.();
    this.#due.delete(arn);
    this.#giveUp(arn);
  }

  /** All streams, in the order of creation. */
  list(): DeliveryStream[] {
    return [...this.#streams.values()];
  }

  /** @throws AwsError ResourceNotFoundException, InvalidArgumentException for more than 1,000 KiB */
  put(arn: string, record: NewRecord): void {
    const stream = this.#streams.get(arn);
    if (stream === undefined) {
      throw new AwsError("ResourceNotFoundException", `The delivery stream ${arn} does not exist.`);
    }
    if (record.data.length > largestRecordBytes) {
      throw new AwsError(
        "InvalidArgumentException",
        `A record of ${record.data.length} bytes is too large for a delivery stream: ${largestRecordBytes} is the most.`,
      );
    }
    const now = this.#options.clock.now();
    this.#records.add(arn, now, record);
    const { bytes, oldest } = this.#gathered.get(arn) ?? { bytes: 0, oldest: now };
    const gathered = { bytes: bytes + record.data.length, oldest };
    this.#gathered.set(arn, gathered);
    if (this.#retrying.has(arn)) return;
    if (gathered.bytes >= stream.bufferingMebibytes * mebibyte) this.#writeAt(arn, now);
    else if (!this.#due.has(arn)) this.#writeAt(arn, writingTime(stream, oldest));
  }

  /** Leaves buffered records to the next run. */
  close(): void {
    for (const cancel of this.#due.values()) cancel();
  }

  #arnOf(name: string): string {
    return formatArn("firehose", this.#options.region, `deliverystream/${name}`);
  }

  #writeAt(arn: string, time: number): void {
    this.#due.get(arn)?.();
    this.#due.set(
      arn,
      this.#options.clock.at(time, () => this.#write(arn)),
    );
  }

  #write(arn: string): void {
    this.#due.delete(arn);
    const stream = this.#streams.get(arn);
    const gathered = this.#gathered.get(arn);
    if (stream === undefined || gathered === undefined) return;
    const failure = writeRecords(this.#options, this.#records, stream, gathered.oldest);
    if (failure === undefined) this.#begin(arn);
    else this.#failed(stream, gathered.oldest, failure);
  }

  /** Retries for a day. */
  #failed(stream: DeliveryStream, oldest: number, reason: string): void {
    const { clock } = this.#options;
    const at = clock.now() + Math.max(stream.bufferingSeconds, 60) * 1000;
    const lost = at > oldest + givingUpMilliseconds;
    const step = lost
      ? ({ kind: "dropped", reason } as const)
      : ({ kind: "retrying", reason, at } as const);
    for (const { event } of this.#records.list(stream.arn)) {
      this.#options.trace.record(event, stream.arn, stream.bucketArn, step);
    }
    if (lost) {
      this.#giveUp(stream.arn);
      return;
    }
    this.#retrying.add(stream.arn);
    this.#writeAt(stream.arn, at);
  }

  #giveUp(arn: string): void {
    this.#records.removeAll(arn);
    this.#begin(arn);
  }

  /** Nothing is gathered. */
  #begin(arn: string): void {
    this.#gathered.delete(arn);
    this.#retrying.delete(arn);
  }
}

function writingTime({ bufferingSeconds }: DeliveryStream, oldest: number): number {
  return oldest + bufferingSeconds * 1000;
}
