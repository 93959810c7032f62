/** Everything that keeps data, besides queues. */
export type Stores = {
  readonly buckets: readonly Store[];
  readonly tables: readonly Store[];
  /** Of Kinesis. */
  readonly streams: readonly Store[];
  /** Of Firehose: they write to a bucket. */
  readonly deliveryStreams: readonly DeliveryStore[];
};

type Store = {
  readonly arn: string;
  readonly name: string;
  readonly count: Count;
};

type DeliveryStore = Omit<Store, "count"> & { readonly bucketArn: string };

/** A number, or the most that are counted. */
export type Count = { readonly number: number; readonly more: boolean };

/** Items of a table, as they are without DynamoDB's types. */
export type TableItems = {
  readonly name: string;
  /** Names of the partition key and, where there is one, of the sort key. */
  readonly keys: readonly string[];
  readonly items: readonly Readonly<Record<string, unknown>>[];
  /** Whether there are others. */
  readonly more: boolean;
};

/** A record of a data stream. */
export type ShownRecord = {
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  readonly shardId: string;
  /** As UTF-8. */
  readonly text: string;
  /** Cloud time in milliseconds since 1970. */
  readonly arrival: number;
};

export type ObjectLine = {
  readonly key: string;
  /** In bytes. */
  readonly size: number;
  /** Cloud time in milliseconds since 1970. */
  readonly modified: number;
  readonly contentType: string;
  /** The event by which it was put, where the trace still knows it. */
  readonly event?: string;
};

export type BucketView = {
  readonly arn: string;
  readonly name: string;
  /** By key. */
  readonly objects: readonly ObjectLine[];
  /** Whether there are others. */
  readonly more: boolean;
};

export type ObjectView = ObjectLine & {
  readonly bucket: string;
  /** The uploader's own, without the prefix `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Its beginning, of a text; absent for others. */
  readonly text?: string;
  /** Whether the text goes on. */
  readonly cut: boolean;
};
