import type { Subscription } from "../../services/sns/subscription.ts";
import type { Hop } from "../../trace/hop.ts";
import { branchOf, type MissedSubscriber } from "./eventSummary.ts";

type Subscriber = Pick<Subscription, "endpoint" | "status">;

/** The topic's subscribers that the event did not reach, not even their filter, and why. */
export function missedSubscribersOf(
  hops: readonly Hop[],
  subscriptionsOf: (topicArn: string) => readonly Subscriber[],
): MissedSubscriber[] {
  const topics = new Set(hops.filter(({ kind }) => kind === "published").map(({ to }) => to));
  return missedAmong(
    [...topics].flatMap((topicArn) => subscriptionsOf(topicArn)),
    new Set(hops.map(branchOf)),
  );
}

/** @param reached endpoints of those that it came to */
export function missedAmong(
  subscribers: readonly Subscriber[],
  reached: ReadonlySet<string | undefined>,
): MissedSubscriber[] {
  return subscribers
    .filter(({ endpoint }) => !reached.has(endpoint))
    .map(({ endpoint, status }) => ({
      endpoint,
      reason:
        status === "pending"
          ? "its subscription is not confirmed: the link to do so is in the outbox"
          : "it was subscribed after the message was published",
    }));
}
