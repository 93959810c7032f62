import { GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { PermanentError } from "../permanentError.ts";

/** Keeps the payloads of messages that are too large for SNS. */
export interface PayloadStore {
  readonly bucket: string;
  readonly write: (key: string, payload: string) => Promise<void>;
  /** @throws PermanentError if there is no such payload */
  readonly read: (key: string) => Promise<string>;
}

/**
 * A bucket for payloads that are too large for SNS. Publishers need `s3:PutObject` on its objects, consumers
 * `s3:GetObject`.
 *
 * No consumer deletes a payload, because others may still need it. Let the bucket expire its objects after
 * the time that a message can be in a queue and in its dead-letter queue: 28 days where both keep it 14 days.
 */
export function s3Payloads(options: {
  readonly bucket: string;
  /** @default a client with the environment's region and credentials */
  readonly client?: S3Client;
}): PayloadStore {
  const { bucket, client = new S3Client({}) } = options;
  return {
    bucket,
    async write(Key, payload) {
      await client.send(
        new PutObjectCommand({ Bucket: bucket, Key, Body: payload, ContentType: "text/plain" }),
      );
    },
    async read(Key) {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
        return (await Body?.transformToString()) ?? "";
      } catch (error) {
        if (!(error instanceof NoSuchKey)) throw error;
        throw new PermanentError(
          `the payload s3://${bucket}/${Key} does not exist; it may have expired`,
          { cause: error },
        );
      }
    },
  };
}
