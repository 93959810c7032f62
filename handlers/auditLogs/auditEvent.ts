import * as v from "valibot";
import { parseJson } from "../lib/parseJson.ts";
import { identifier, line, moment } from "../samples/shapes.ts";

/** Whatever else an event says is kept with it. */
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

/** Something that has to be on record. */
export type AuditEvent = v.InferOutput<typeof auditEvent>;

/** @throws PermanentError naming every problem by path */
export function readAuditEvent(body: string): AuditEvent {
  return parseJson(auditEvent, body, "audit event");
}

/** By day, then by time: `2026/01/31/20260131T103000123Z-e-1.json`. The same however often the event comes. */
export function auditEventKey({ time, eventId }: AuditEvent): string {
  const day = time.slice(0, 10).replaceAll("-", "/");
  return `${day}/${time.replaceAll(/[-:.]/g, "")}-${eventId}.json`;
}
