import { randomUUID } from "node:crypto";
import type { Authorize, Principal } from "../../../protocol/access.ts";
import { requirePermission } from "../../../protocol/permission.ts";
import type { Clock } from "../../../time/clock.ts";
import type { ObjectWriter } from "../../s3/interface.ts";

export type BucketServices = {
  readonly authorize: Authorize;
  readonly clock: Clock;
  readonly objects: () => ObjectWriter;
};

export type BucketRecord = {
  /** What comes after `aws/lambda/` in the key: `async/NAME`, or a mapping's UUID and a shard. */
  readonly folder: string;
  readonly body: string;
  readonly roleArn: string;
};

/**
 * Stores a record of a failure as an object, for which the role needs to write to the bucket and to list it.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 *
 * @returns the object's key
 * @throws AwsError when the role may not store it, or when there is no such bucket
 */
export function storeRecord(
  { authorize, clock, objects }: BucketServices,
  bucketArn: string,
  { folder, body, roleArn }: BucketRecord,
): string {
  const principal: Principal = { kind: "role", arn: roleArn };
  const key = recordKey(folder, clock.now(), randomUUID());
  requirePermission(authorize, { principal, action: "s3:ListBucket", resource: bucketArn });
  const resource = `${bucketArn}/${key}`;
  requirePermission(authorize, { principal, action: "s3:PutObject", resource });
  const bytes = Buffer.from(body);
  objects().writeObject({ bucketArn, key, bytes, contentType: "application/json" }, roleArn);
  return key;
}

/** `aws/lambda/FOLDER/YYYY/MM/DD/YYYY-MM-DDTHH.MM.SS-UUID`. @param now cloud time in milliseconds */
export function recordKey(folder: string, now: number, uuid: string): string {
  const [day = "", time = ""] = new Date(now).toISOString().slice(0, 19).split("T");
  const name = `${day}T${time.replaceAll(":", ".")}-${uuid}`;
  return `aws/lambda/${folder}/${day.replaceAll("-", "/")}/${name}`;
}
