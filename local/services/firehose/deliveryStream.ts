import { randomUUID } from "node:crypto";

/** A delivery stream: it buffers records and writes them to a bucket. */
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
  /** The size of the buffer, in MiB: 1 to 128. */
  readonly bufferingMebibytes: number;
  readonly compression: Compression;
};

type Compression = "UNCOMPRESSED" | "GZIP";

const extensions: Readonly<Record<Compression, string>> = { UNCOMPRESSED: "", GZIP: ".gz" };

/** Counts a stream's changes of configuration on AWS; here a stream is made once and not changed. */
const version = 1;

/**
 * The key of an object: `2026/01/31/10/orders-1-2026-01-31-10-30-00-<uuid>`, in UTC.
 * https://docs.aws.amazon.com/firehose/latest/dev/s3-object-name.html
 *
 * @param time when its oldest record arrived, in milliseconds since 1970
 */
export function objectKey(
  { name, prefix, compression }: Pick<DeliveryStream, "name" | "prefix" | "compression">,
  time: number,
  id: string = randomUUID(),
): string {
  const [year, month, day, hour, minute, second] = new Date(time).toISOString().split(/\D/);
  const folder = [year, month, day, hour].join("/");
  const moment = [year, month, day, hour, minute, second].join("-");
  return `${prefix}${folder}/${name}-${version}-${moment}-${id}${extensions[compression]}`;
}
