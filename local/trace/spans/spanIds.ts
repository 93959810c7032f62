import { hash } from "node:crypto";
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

type HopId = Pick<Hop, "event" | "sequence">;

/** Those of hops that are still known: a reader may ask for a trace again and again. */
const spanIds = new WeakMap<HopId, string>();

/** The same for the same hop, so that a reader may ask again. */
export function spanIdOf(hop: HopId): string {
  const known = spanIds.get(hop);
  if (known !== undefined) return known;
  const id = digest(`${hop.event} ${hop.sequence}`, 16);
  spanIds.set(hop, id);
  return id;
}

function digest(text: string, digits: number): string {
  return hash("sha256", text, "hex").slice(0, digits);
}
