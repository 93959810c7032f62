import type { Subscription } from "../../services/sns/subscription.ts";
import type { Hop } from "../../trace/hop.ts";
import type { MissedSubscriber } from "../api/types.ts";
import { branchOf } from "./eventSummary.ts";

/** The topic's subscribers that the event did not reach, not even their filter, and why. */
export function missedSubscribersOf(
  hops: readonly Hop[],
  subscriptionsOf: (topicArn: string) => readonly Pick<Subscription, "endpoint" | "status">[],
): MissedSubscriber[] {
  const reached = new Set(hops.map(branchOf));
  const topics = new Set(hops.filter(({ kind }) => kind === "published").map(({ to }) => to));
  return [...topics]
    .flatMap((topicArn) => subscriptionsOf(topicArn))
    .filter(({ endpoint }) => !reached.has(endpoint))
    .map(({ endpoint, status }) => ({
      endpoint,
      reason:
        status === "pending"
          ? "its subscription is not confirmed: the link to do so is in the outbox"
          : "it was subscribed after the message was published",
    }));
}
