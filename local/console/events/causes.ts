import type { Hop } from "../../trace/hop.ts";
import { causeIn } from "../history/logText.ts";

/**
 * Why functions failed on an event, from their logs, by the id of the request: the trace knows that a
 * message was reported as failed, the log knows why.
 */
export function causesOf(
  hops: readonly Hop[],
  logOf: (requestId: string) => string,
): Record<string, string> {
  const messageIds = new Set(hops.flatMap((hop) => ("messageId" in hop ? [hop.messageId] : [])));
  const causes = hops.flatMap((hop) => {
    if (hop.kind !== "failed") return [];
    const cause = causeIn(logOf(hop.requestId), messageIds);
    return cause === undefined ? [] : [[hop.requestId, cause] as const];
  });
  return Object.fromEntries(causes);
}
