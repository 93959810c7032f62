import { jsonEntries } from "../../services/lambda/failures/logEntries.ts";
import type { Hop } from "../../trace/hop.ts";

/**
 * What handlers say that they did with an event, by the id of the request: `counted`, `unchanged: audited before`.
 * A handler that skips a message handles it all the same; only its log knows.
 */
export function outcomesOf(
  hops: readonly Hop[],
  logOf: (requestId: string) => string,
): Record<string, string> {
  const messageIds = new Set(hops.flatMap((hop) => ("messageId" in hop ? [hop.messageId] : [])));
  const found = hops.flatMap((hop) => {
    if (hop.kind !== "handled") return [];
    const outcome = outcomeIn(logOf(hop.requestId), messageIds);
    return outcome === undefined ? [] : [[hop.requestId, outcome] as const];
  });
  return Object.fromEntries(found);
}

/** The outcomes of messages as the handlers of this project's library log them. */
function outcomeIn(log: string, messageIds: ReadonlySet<unknown>): string | undefined {
  const outcomes = jsonEntries(log).flatMap(({ messageId, outcome, reason }) => {
    if (!messageIds.has(messageId) || typeof outcome !== "string") return [];
    return [typeof reason === "string" ? `${outcome}: ${reason}` : outcome];
  });
  return outcomes.length === 0 ? undefined : [...new Set(outcomes)].join(", ");
}
