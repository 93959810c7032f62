import { HeadObjectCommand, NotFound, type S3Client } from "@aws-sdk/client-s3";

/** The current state of an object in a bucket. */
export type StoredObject = {
  /** Without quotation marks, as in S3's events. */
  readonly etag: string;
  /** Bytes. */
  readonly size: number;
  /** As the uploader set it. @default `binary/octet-stream` */
  readonly contentType: string;
  /** When it was written, to the second. */
  readonly lastModified: Date;
  /** User-defined metadata, by lower-case name without the prefix `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
};

/**
 * Reads the state of an object; undefined if there is none. Without permission to list the bucket
 * (`s3:ListBucket`), S3 answers "access denied" for a missing object instead of "not found".
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
