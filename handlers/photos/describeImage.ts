import type { S3Client } from "@aws-sdk/client-s3";
import type { ObjectChange } from "../lib/objectChanges/objectChange.ts";
import { decodeImage, readImage, UnusableImage } from "../samples/image/decodeImage.ts";
import type { StoredObject } from "../samples/storedObject.ts";

type Image = Awaited<ReturnType<typeof decodeImage>>;
type Fields = Readonly<Record<string, unknown>>;

/** Decodes an image and returns fields about it; `problem` instead if it cannot be used as an image. */
export async function describeImage(
  s3: S3Client,
  { bucket, key }: ObjectChange,
  { size }: StoredObject,
  describe: (image: Image) => Fields,
): Promise<Fields> {
  try {
    return describe(await decodeImage(await readImage(s3, { bucket, key, size })));
  } catch (error) {
    if (error instanceof UnusableImage) return { problem: error.reason };
    throw error;
  }
}
