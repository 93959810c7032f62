import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { UnusableImage } from "./unusableImage.ts";

/** Bytes: larger objects are not read. */
const mostBytes = 20 * 1024 * 1024;

/**
 * The bytes of an object that may be an image.
 *
 * @throws UnusableImage when it is too large for one
 * @throws NoSuchKey when it is not there any more
 */
export async function readImage(
  s3: S3Client,
  { bucket, key, size }: { bucket: string; key: string; size: number },
): Promise<Buffer> {
  if (size > mostBytes) {
    throw new UnusableImage("too large", `has ${size} bytes, over the limit of ${mostBytes}`);
  }
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}
