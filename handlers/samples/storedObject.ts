import { HeadObjectCommand, NotFound, type S3Client } from "@aws-sdk/client-s3";

/** An object as it is in its bucket now. */
export type StoredObject = {
  /** Without quotation marks, as in S3's events. */
  readonly etag: string;
  /** Bytes. */
  readonly size: number;
  /** What the uploader said it was; S3 says `binary/octet-stream` where nobody did. */
  readonly contentType: string;
  /** When it was written, to the second. */
  readonly lastModified: Date;
  /** The uploader's own, by name in small letters, without the prefix `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
};

/**
 * The object, or undefined when there is none. S3 says "not found" only to those who may list the
 * bucket (`s3:ListBucket`); without that, a missing object is an "access denied".
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
 */
export async function storedObject(
  s3: S3Client,
  bucket: string,
  key: string,
): Promise<StoredObject | undefined> {
  try {
    const head = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return {
      etag: (head.ETag ?? "").replaceAll('"', ""),
      size: head.ContentLength ?? 0,
      contentType: head.ContentType ?? "binary/octet-stream",
      lastModified: head.LastModified ?? new Date(0),
      metadata: head.Metadata ?? {},
    };
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}
