import type { DatabaseSync } from "node:sqlite";
import { gzipSync } from "node:zlib";
import { type Authorize, overTls } from "../../protocol/access.ts";
import { AwsError } from "../../protocol/awsError.ts";
import { transaction } from "../../storage/store.ts";
import type { Trace } from "../../trace/trace.ts";
import type { ObjectWriter } from "../s3/interface.ts";
import { type DeliveryStream, objectKey } from "./deliveryStream.ts";
import type { NewRecord } from "./interface.ts";
import type { RecordTable } from "./recordTable.ts";

export type WritingOptions = {
  readonly store: DatabaseSync;
  readonly trace: Trace;
  readonly authorize: Authorize;
  readonly objects: ObjectWriter;
};

/**
 * Writes a stream's buffered records as one object, with the permissions of the stream's role.
 *
 * @param oldest when the oldest record arrived
 * @returns why it failed, if it did; the records stay buffered then
 */
export function writeRecords(
  options: WritingOptions,
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
    context: overTls,
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
    if (error instanceof AwsError) return error.message;
    throw error;
  }
  record(options, stream, gathered, { kind: "stored", key, eventName: "ObjectCreated:Put" });
  return undefined;
}

function putObject(
  { objects }: WritingOptions,
  { bucketArn, roleArn, compression }: DeliveryStream,
  key: string,
  gathered: readonly NewRecord[],
): void {
  const data = Buffer.concat(gathered.map((each) => each.data));
  objects.writeObject(
    {
      bucketArn,
      key,
      bytes: compression === "GZIP" ? gzipSync(data) : data,
      contentType: "application/octet-stream",
    },
    roleArn,
  );
}

function record(
  { trace }: WritingOptions,
  { arn, bucketArn }: DeliveryStream,
  gathered: readonly NewRecord[],
  step: Parameters<typeof trace.record>[3],
): void {
  for (const { event } of gathered) trace.record(event, arn, bucketArn, step);
}
