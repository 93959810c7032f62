import { createHash } from "node:crypto";
import type { ObjectChange } from "../lib/objectChange.ts";

/** Where the audit log is in its bucket. */
export const auditPrefix = "audit/";

/**
 * The key of an event's record, the same however often the event comes: by day, then by time.
 * `audit/2026/01/31/20260131T103000123Z-0055AED6DCD90281E5-9f86d081884c7d65.json`
 *
 * A sequencer is unique within its key only, so the end tells keys apart.
 *
 * @param eventId stands in for the sequencer where S3 gives none
 */
export function auditKey(change: ObjectChange, eventId: string): string {
  const time = new Date(change.time).toISOString();
  const day = time.slice(0, 10).replaceAll("-", "/");
  const moment = time.replaceAll(/[-:.]/g, "");
  return `${auditPrefix}${day}/${moment}-${change.sequencer ?? eventId}-${digest(change)}.json`;
}

/** Who did what to which object, and when. One line of JSON. */
export function auditRecord(change: ObjectChange): string {
  const { eventName, time, bucket, key, versionId, size, etag, sequencer } = change;
  const { requestId, principalId, sourceIp } = change;
  return `${JSON.stringify({
    event: eventName,
    time,
    bucket,
    key,
    versionId,
    size,
    etag,
    sequencer,
    requestId,
    principalId,
    sourceIp,
  })}\n`;
}

function digest({ eventName, bucket, key, versionId }: ObjectChange): string {
  const identity = JSON.stringify([eventName, bucket, key, versionId]);
  return createHash("sha256").update(identity).digest("hex").slice(0, 16);
}
