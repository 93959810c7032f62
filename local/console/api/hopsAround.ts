import type { Hop } from "../../trace/hop.ts";
import type { Trace } from "../../trace/trace.ts";
import type { RunRecords } from "../records.ts";

/**
 * The latest hops of all events, and before them what the archive has of one event and of those that caused it:
 * these may be older.
 */
export function hopsAround(
  trace: Pick<Trace, "recent">,
  { archive, events }: Pick<RunRecords, "archive" | "events">,
  event: string,
): readonly Hop[] {
  const recent = trace.recent();
  const oldest = recent[0]?.sequence ?? 0;
  const earlier = (id: string): Hop[] => {
    const first = events.find(id)?.first ?? oldest;
    return first < oldest ? archive.of(id, { after: first - 1, upTo: oldest - 1 }) : [];
  };
  const own = earlier(event);
  const causes = new Set(
    [...own, ...recent].flatMap((hop) => (hop.event === event ? (hop.causes ?? []) : [])),
  );
  const all = [own, ...[...causes].map(earlier)].flat();
  if (all.length === 0) return recent;
  return [...all.sort((a, b) => a.sequence - b.sequence), ...recent];
}
