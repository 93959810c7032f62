import { createHash } from "node:crypto";
import { parseTraceparent, parseXrayHeader, type TraceContext } from "../../../aws/traceContext.ts";
import type { Hop } from "../hop.ts";

/** The trace that a caller sent with its message: W3C's attribute, or X-Ray's header. */
export function traceOfCaller(hop: Hop): TraceContext | undefined {
  if (hop.kind === "queued") return parseXrayHeader(hop.traceHeader);
  if (hop.kind !== "published") return undefined;
  const { attributes: { traceparent } = {}, traceHeader } = hop;
  return parseTraceparent(traceparent?.stringValue) ?? parseXrayHeader(traceHeader);
}

/** The trace of an event or invocation without a caller's: its id if that is a UUID, otherwise a digest. */
export function traceIdOf(id: string): string {
  const digits = id.replaceAll("-", "");
  return /^[0-9a-f]{32}$/.test(digits) ? digits : digest(id, 32);
}

/** The same for the same hop, so that a reader may ask again. */
export function spanIdOf({ event, sequence }: Pick<Hop, "event" | "sequence">): string {
  return digest(`${event} ${sequence}`, 16);
}

function digest(text: string, digits: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, digits);
}
