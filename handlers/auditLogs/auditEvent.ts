import * as v from "valibot";
import { parseJson } from "../lib/parseJson.ts";
import { identifier, line, moment } from "../samples/fields.ts";

/** Other fields of an event are stored with it. */
const auditEvent = v.looseObject({
  eventId: identifier,
  time: moment,
  /** Who did it. */
  actor: line,
  /** What was done, such as `invoice.approved`. */
  action: line,
  /** What it was done to. */
  subject: line,
});

/** An event that has to be on record. */
export type AuditEvent = v.InferOutput<typeof auditEvent>;

/** @throws PermanentError naming every problem by path */
export function readAuditEvent(body: string): AuditEvent {
  return parseJson(auditEvent, body, "audit event");
}

/** By day, then by time: `2026/01/31/20260131T103000123Z-e-1.json`. The same however often the event is delivered. */
export function auditEventKey({ time, eventId }: AuditEvent): string {
  const day = time.slice(0, 10).replaceAll("-", "/");
  return `${day}/${time.replaceAll(/[-:.]/g, "")}-${eventId}.json`;
}
