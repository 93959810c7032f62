import { S3Error } from "./s3Error.ts";

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
