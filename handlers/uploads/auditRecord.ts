import { createHash } from "node:crypto";
import type { ObjectChange } from "../lib/objectChanges/objectChange.ts";

/** Prefix of the audit log in its bucket. */
export const auditPrefix = "audit/";

/**
 * The key of an event's record, the same however often the event is delivered: by day, then by time.
 * `audit/2026/01/31/20260131T103000123Z-0055AED6DCD90281E5-9f86d081884c7d65.json`
 *
 * A sequencer is unique only within its key; the digest at the end distinguishes keys.
 *
 * @param eventId stands in for the sequencer where S3 gives none
 */
export function auditKey(change: ObjectChange, eventId: string): string {
  const time = new Date(change.time).toISOString();
  const day = time.slice(0, 10).replaceAll("-", "/");
  const moment = time.replaceAll(/[-:.]/g, "");
  return `${auditPrefix}${day}/${moment}-${change.sequencer ?? eventId}-${digest(change)}.json`;
}

/** The record of a change as one line of JSON: who did what to which object, and when. */
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
