/** A record for a delivery stream. */
export type NewRecord = {
  readonly data: Buffer;
  /** The event that it belongs to, for the trace. */
  readonly event: string;
};

/** What SNS needs of Firehose. */
export type RecordSink = {
  /** @throws AwsError when the stream does not exist or the record is too large */
  put(streamArn: string, record: NewRecord): void;
};
