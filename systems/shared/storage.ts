import * as aws from "@pulumi/aws";
import { PrivateBucket, type PrivateBucketArgs } from "../../components/index.ts";
import type { Settings } from "../../settings.ts";

/**
 * A table with a partition key of type string, billed by request, encrypted, with point-in-time recovery. A stack
 * that protects its tables also lets AWS reject their deletion.
 */
export function createTable(
  name: string,
  hashKey: string,
  settings: Settings,
  args: Partial<aws.dynamodb.TableArgs> = {},
): aws.dynamodb.Table {
  return new aws.dynamodb.Table(
    name,
    {
      hashKey,
      attributes: [{ name: hashKey, type: "S" }],
      billingMode: "PAY_PER_REQUEST",
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true },
      ...(settings.protect && { deletionProtectionEnabled: true }),
      ...args,
    },
    { protect: settings.protect },
  );
}

/** A table for idempotency records, so that a message that is delivered twice has its effect once. */
export function createIdempotencyTable(name: string, settings: Settings): aws.dynamodb.Table {
  return createTable(name, "id", settings, {
    ttl: { attributeName: "expiration", enabled: true },
    pointInTimeRecovery: { enabled: false },
  });
}

/** A bucket for the results of handlers. */
export function createBucket(
  name: string,
  settings: Settings,
  args: PrivateBucketArgs = {},
): aws.s3.Bucket {
  const { forceDestroy, protect } = settings;
  return new PrivateBucket(name, { forceDestroy, ...args }, { protect }).bucket;
}
