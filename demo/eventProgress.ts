import { type BranchState, summarize } from "../local/console/events/eventSummary.ts";
import type { Hop } from "../local/trace/hop.ts";

/** What a local cloud knows of its deliveries. */
export type Deliveries = {
  readonly topics: {
    subscriptions(
      topicArn: string,
    ): readonly { readonly endpoint: string; readonly status: string }[];
  };
  readonly mappings: { list(): readonly { readonly queueArn: string }[] };
};

/** States in which a branch stays. A function that failed is retried, or its message is dead-lettered. */
const finalStates: ReadonlySet<BranchState> = new Set([
  "handled",
  "deadLettered",
  "filtered",
  "denied",
  "dropped",
  "sent",
]);

/**
 * Whether an event has been published and each confirmed subscription of its topics has come to an end with
 * it: handled, dead-lettered, filtered, denied, dropped, sent, or queued where no function polls the queue.
 *
 * @param hops all hops of the event, in order
 */
export function hasEnded({ topics, mappings }: Deliveries, hops: readonly Hop[]): boolean {
  const [summary] = summarize(hops);
  if (summary === undefined || summary.topics.length === 0) return false;
  const subscribed = summary.topics
    .flatMap((topicArn) => topics.subscriptions(topicArn))
    .filter(({ status }) => status === "confirmed")
    .map(({ endpoint }) => endpoint);
  const polled = new Set(mappings.list().map(({ queueArn }) => queueArn));
  return [...new Set([...subscribed, ...Object.keys(summary.branches)])].every((branch) => {
    const state = summary.branches[branch];
    if (state === "waiting") return !polled.has(branch);
    return state !== undefined && finalStates.has(state);
  });
}
