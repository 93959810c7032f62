import type { NotificationRule } from "./notification/rules.ts";
import { S3Error } from "./s3Error.ts";

export type Bucket = {
  readonly name: string;
  readonly arn: string;
  /** Cloud time in milliseconds since 1970. */
  readonly created: number;
  readonly versioning: Versioning;
  readonly notification: readonly NotificationRule[];
};

/** A bucket that once kept versions can only suspend it. */
export type Versioning = "Disabled" | "Enabled" | "Suspended";

/**
 * @throws S3Error InvalidBucketName
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export function checkBucketName(name: string): void {
  const wellFormed =
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !/\.\.|^\d+\.\d+\.\d+\.\d+$|^xn--|^sthree-|^amzn-s3-demo-|-s3alias$|--ol-s3$|\.mrap$|--x-s3$/.test(
      name,
    );
  if (wellFormed) return;
  throw new S3Error("InvalidBucketName", "The specified bucket is not valid.", {
    details: { BucketName: name },
  });
}
