import { S3Error } from "./s3Error.ts";

/** In bytes of UTF-8. */
const maximumLength = 1024;

/**
 * @throws S3Error KeyTooLongError
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
 */
export function checkKey(key: string): void {
  const length = Buffer.byteLength(key);
  if (length <= maximumLength) return;
  throw new S3Error("KeyTooLongError", "Your key is too long", {
    details: { Size: String(length), MaxSizeAllowed: String(maximumLength) },
  });
}
