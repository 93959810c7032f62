import { PutObjectCommand, type S3Client, S3ServiceException } from "@aws-sdk/client-s3";

export type NewObject = {
  readonly bucket: string;
  readonly key: string;
  readonly body: string | Buffer;
  readonly contentType: string;
};

/**
 * Creates an object unless the bucket has one with that key, by a conditional write.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 *
 * @returns false if there is one, which is left unchanged
 */
export async function createObject(s3: S3Client, object: NewObject): Promise<boolean> {
  const { bucket, key, body, contentType } = object;
  const target = { Bucket: bucket, Key: key, IfNoneMatch: "*" };
  try {
    await s3.send(new PutObjectCommand({ ...target, Body: body, ContentType: contentType }));
    return true;
  } catch (error) {
    const exists = error instanceof S3ServiceException && error.name === "PreconditionFailed";
    if (exists) return false;
    throw error;
  }
}
