import { S3Client } from "@aws-sdk/client-s3";
import { handleBatch } from "../lib/batch.ts";
import { environment } from "../lib/environment.ts";
import type { Message } from "../lib/message.ts";
import { forEachObjectChange } from "../lib/objectChanges/forEachObjectChange.ts";
import type { ObjectChange } from "../lib/objectChanges/objectChange.ts";
import { type Outcome, skipped } from "../lib/recordHandler.ts";
import { createObject } from "../samples/createObject.ts";
import { auditKey, auditRecord } from "./auditRecord.ts";

const { AUDIT_BUCKET } = environment("AUDIT_BUCKET");
const s3 = new S3Client({});

export const handler = handleBatch(recordHandler);

/** Appends a record of every event of the upload bucket, once, to an audit log that is never overwritten. */
function recordHandler(message: Message): Promise<Outcome[]> {
  return forEachObjectChange(message, (change) => append(change, message.eventId));
}

async function append(change: ObjectChange, eventId: string): Promise<Outcome> {
  const auditedAs = auditKey(change, eventId);
  const created = await createObject(s3, {
    bucket: AUDIT_BUCKET,
    key: auditedAs,
    body: auditRecord(change),
    contentType: "application/json",
  });
  return created
    ? { outcome: "audited", auditedAs }
    : skipped("unchanged", { reason: "audited before", auditedAs });
}
