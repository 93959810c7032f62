import { branchOf, type MissedSubscriber, summarize } from "../console/events/eventSummary.ts";
import type { Hop } from "../trace/hop.ts";
import { shortName } from "../trace/shortName.ts";
import type { Delivery, DeliveryStatus } from "./api/observations.ts";

/** What is known of an event. */
export type EventRecord = {
  /** All its hops, in order. */
  readonly hops: readonly Hop[];
  /** Subscribers that it never came to. */
  readonly missed: readonly MissedSubscriber[];
};

/** What became of an event at each subscriber, in the order in which it came to them. */
export function deliveriesOf({ hops, missed }: EventRecord): Delivery[] {
  const [summary] = summarize(hops);
  const branches = Map.groupBy(hops, branchOf);
  const reached = [...branches].flatMap(([endpoint, own]) =>
    endpoint === undefined
      ? []
      : [deliveryOf(endpoint, summary?.branches[endpoint] ?? "deduplicated", own)],
  );
  return [...reached, ...missed.map(notSubscribed)];
}

function deliveryOf(endpoint: string, status: DeliveryStatus, hops: readonly Hop[]): Delivery {
  const reason = isWell(status) ? undefined : hops.findLast(hasReason)?.reason;
  return {
    subscriber: shortName(endpoint),
    endpoint,
    status,
    ...(reason !== undefined && { reason }),
    tries: hops.filter(({ kind }) => kind === "invoked").length,
    failures: hops.flatMap((hop) => (hop.kind === "failed" ? [hop.reason] : [])),
  };
}

function isWell(status: DeliveryStatus): boolean {
  return ["waiting", "working", "handled", "sent", "deduplicated"].includes(status);
}

function hasReason(hop: Hop): hop is Hop & { readonly reason: string } {
  return "reason" in hop;
}

function notSubscribed({ endpoint, reason }: MissedSubscriber): Delivery {
  const subscriber = shortName(endpoint);
  return { subscriber, endpoint, status: "notSubscribed", reason, tries: 0, failures: [] };
}
