/** A delivery stream as it was made: what is put in is gathered, and written to a bucket. */
export type DeliveryStream = {
  readonly arn: string;
  readonly name: string;
  /** ARN of the role that writes to the bucket. */
  readonly roleArn: string;
  readonly bucketArn: string;
  /** Before the time in the objects' keys. */
  readonly prefix: string;
  /** How long the first record waits for others, in seconds: 0 to 900. */
  readonly bufferingSeconds: number;
  /** How much is gathered at most, in MiB: 1 to 128. */
  readonly bufferingMebibytes: number;
  readonly compression: Compression;
};

export type Compression = "UNCOMPRESSED" | "GZIP";
