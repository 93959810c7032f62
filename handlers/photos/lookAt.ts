import type { S3Client } from "@aws-sdk/client-s3";
import type { ObjectChange } from "../lib/objectChange.ts";
import { decodeImage } from "../samples/image/decodeImage.ts";
import { readImage } from "../samples/image/readImage.ts";
import { UnusableImage } from "../samples/image/unusableImage.ts";
import type { StoredObject } from "../samples/storedObject.ts";

type Image = Awaited<ReturnType<typeof decodeImage>>;
type Fields = Readonly<Record<string, unknown>>;

/** What can be said of a photo; of what is none, why not. */
export async function lookAt(
  s3: S3Client,
  { bucket, key }: ObjectChange,
  { size }: StoredObject,
  say: (image: Image) => Fields,
): Promise<Fields> {
  try {
    return say(await decodeImage(await readImage(s3, { bucket, key, size })));
  } catch (error) {
    if (error instanceof UnusableImage) return { problem: error.reason };
    throw error;
  }
}
