import { gzipSync } from "node:zlib";
import { transaction } from "../../store.ts";
import { newRequestIds } from "../s3/requestIds.ts";
import { S3Error } from "../s3/s3Error.ts";
import type { DeliveryStream, NewRecord } from "./deliveryStream.ts";
import type { DeliveryStreamsOptions } from "./deliveryStreams.ts";
import { objectKey } from "./objectKey.ts";
import type { RecordTable } from "./recordTable.ts";

/**
 * Writes all that a stream has gathered as one object, by the rights of the stream's role.
 *
 * @param oldest when the oldest record arrived
 * @returns why it could not, if it could not; the records stay then
 */
export function writeRecords(
  options: DeliveryStreamsOptions,
  records: RecordTable,
  stream: DeliveryStream,
  oldest: number,
): string | undefined {
  const { arn, roleArn, bucketArn } = stream;
  const key = objectKey(stream, oldest);
  const gathered = records.list(arn);
  const decision = options.authorize({
    principal: { kind: "role", arn: roleArn },
    action: "s3:PutObject",
    resource: `${bucketArn}/${key}`,
    context: { "aws:SecureTransport": "true" },
  });
  if (!decision.allowed) {
    record(options, stream, gathered, { kind: "denied", reason: decision.reason });
    return decision.reason;
  }
  try {
    transaction(options.store, () => {
      putObject(options, stream, key, gathered);
      records.removeAll(arn);
    });
  } catch (error) {
    if (error instanceof S3Error) return error.message;
    throw error;
  }
  record(options, stream, gathered, { kind: "stored", key, eventName: "ObjectCreated:Put" });
  return undefined;
}

function putObject(
  { buckets }: DeliveryStreamsOptions,
  { bucketArn, roleArn, compression }: DeliveryStream,
  key: string,
  gathered: readonly NewRecord[],
): void {
  const data = Buffer.concat(gathered.map((each) => each.data));
  buckets.objects.put(
    {
      bucket: bucketArn.slice("arn:aws:s3:::".length),
      key,
      bytes: compression === "GZIP" ? gzipSync(data) : data,
      headers: { "content-type": "application/octet-stream" },
    },
    { callerArn: roleArn, ...newRequestIds() },
  );
}

function record(
  { trace }: DeliveryStreamsOptions,
  { arn, bucketArn }: DeliveryStream,
  gathered: readonly NewRecord[],
  step: Parameters<typeof trace.record>[3],
): void {
  for (const { event } of gathered) trace.record(event, arn, bucketArn, step);
}
