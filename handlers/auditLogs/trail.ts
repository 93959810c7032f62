import { S3Client } from "@aws-sdk/client-s3";
import { environment } from "../lib/environment.ts";
import { handleFifoBatch } from "../lib/fifoBatch.ts";
import type { Message } from "../lib/message.ts";
import { type Outcome, skipped } from "../lib/recordHandler.ts";
import { createObject } from "../samples/createObject.ts";
import { auditEventKey, readAuditEvent } from "./auditEvent.ts";

const { TRAIL_BUCKET } = environment("TRAIL_BUCKET");
const s3 = new S3Client({});

export const handler = handleFifoBatch(recordHandler);

/** Appends each event to the trail, once. Nothing is ever overwritten. */
async function recordHandler(message: Message): Promise<Outcome> {
  const event = readAuditEvent(message.body);
  const key = auditEventKey(event);
  const isNew = await createObject(s3, {
    bucket: TRAIL_BUCKET,
    key,
    body: `${JSON.stringify(event)}\n`,
    contentType: "application/json",
  });
  const about = { eventId: event.eventId, key };
  return isNew ? { outcome: "on record", ...about } : skipped("unchanged", about);
}
