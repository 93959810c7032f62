import { GetObjectCommand, ListObjectsV2Command, NoSuchKey } from "@aws-sdk/client-s3";
import type { Stage } from "./stage.ts";

/** The keys in a small bucket. */
export async function keysIn(stage: Stage, bucket: string): Promise<string[]> {
  const { Contents = [] } = await stage.clients.s3.send(
    new ListObjectsV2Command({ Bucket: bucket }),
  );
  return Contents.map(({ Key = "" }) => Key);
}

/** An object's bytes: none where there is no such object, which is for a check to say. */
export async function bytesIn(stage: Stage, bucket: string, key: string): Promise<Buffer> {
  try {
    const { Body } = await stage.clients.s3.send(
      new GetObjectCommand({ Bucket: bucket, Key: key }),
    );
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  } catch (error) {
    if (error instanceof NoSuchKey) return Buffer.alloc(0);
    throw error;
  }
}
