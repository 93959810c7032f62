import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import type { Context } from "aws-lambda";
import { environment } from "../lib/environment.ts";
import { logger } from "../lib/logger.ts";
import { createObject } from "../samples/createObject.ts";
import { type LogMessage, logObject, logObjectKey } from "./logObject.ts";
import { pull, remove } from "./logQueue.ts";

const { QUEUE_URL, ARCHIVE_BUCKET } = environment("QUEUE_URL", "ARCHIVE_BUCKET");
const sqs = new SQSClient({});
const s3 = new S3Client({});

/** Time to write an object and to delete its messages, with a margin, in milliseconds. */
const timeToStore = 10_000;

export type Archived = { readonly messages: number; readonly objects: readonly string[] };

/**
 * Pulls all log entries from the queue and writes them to the archive, an object for each batch. Runs on a
 * schedule, or when it is invoked by hand.
 *
 * Entries are deleted from the queue after they are in the archive: a failure loses none, but may archive an
 * entry twice.
 */
export const handler = async (_event: unknown, context: Context): Promise<Archived> => {
  logger.addContext(context);
  const hasTime = () => context.getRemainingTimeInMillis() > timeToStore;
  const objects: string[] = [];
  let messages = 0;
  for (;;) {
    const batch = await pull(sqs, QUEUE_URL, hasTime);
    if (batch.length === 0) break;
    objects.push(await store(batch));
    await remove(sqs, QUEUE_URL, batch);
    messages += batch.length;
  }
  logger.info("archived", { messages, objects });
  return { messages, objects };
};

async function store(batch: readonly LogMessage[]): Promise<string> {
  const key = logObjectKey(batch);
  const body = logObject(batch);
  await createObject(s3, { bucket: ARCHIVE_BUCKET, key, body, contentType: "application/gzip" });
  return key;
}
