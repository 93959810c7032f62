import type { Cloud } from "../../cloud.ts";
import type { Hop } from "../../trace/hop.ts";
import { branchOf, type EventSummary, summarize } from "../events/eventSummary.ts";
import { missedAmong, missedSubscribersOf } from "../events/missedSubscribers.ts";
import { outcomesOf } from "../events/outcomes.ts";
import { attemptsOf } from "../failures/attempts.ts";
import type { EventFailure } from "../failures/eventFailure.ts";
import { progressOf } from "../failures/progress.ts";
import { waitingOf } from "../failures/waiting.ts";
import type { BranchProgress, EventView, FailureView } from "./types.ts";

/**
 * Everything about one event.
 *
 * @param all hops of the event, and of those that caused it or came of it
 */
export function eventView(
  cloud: Cloud,
  id: string,
  all: readonly Hop[],
  logOf: (requestId: string) => string,
): EventView {
  const hops = all.filter((hop) => hop.event === id);
  const causes = new Set(hops.flatMap((hop) => hop.causes ?? []));
  return {
    hops,
    missedSubscribers: missedSubscribersOf(hops, (arn) => subscriptionsOf(cloud, arn)),
    progress: progressByBranch(cloud, id, hops),
    outcomes: outcomesOf(hops, logOf),
    causes: summarize(all.filter(({ event }) => causes.has(event))),
    results: resultsOf(all, id),
  };
}

/** A failed event with what its branches are to expect. */
export function failureView(cloud: Cloud, failure: EventFailure): FailureView {
  const { branches, unreached, event } = failure;
  const subscribers = event.topics.flatMap((arn) => subscriptionsOf(cloud, arn));
  return {
    ...failure,
    branches: branches.map((branch) => ({ ...branch, ...progressOf(cloud, branch) })),
    missedSubscribers: unreached
      ? missedAmong(subscribers, new Set(Object.keys(event.branches)))
      : [],
  };
}

function progressByBranch(
  cloud: Cloud,
  id: string,
  hops: readonly Hop[],
): Record<string, BranchProgress> {
  const [summary] = summarize(hops);
  const progress: Record<string, BranchProgress> = {};
  for (const [endpoint, own] of Map.groupBy(hops, branchOf)) {
    const state = endpoint === undefined ? undefined : summary?.branches[endpoint];
    if (endpoint === undefined || state === undefined) continue;
    const attempts = attemptsOf(own);
    const waiting = state === "waiting" ? waitingOf(cloud, endpoint, id) : undefined;
    if (attempts.tries === 0 && waiting === undefined) continue;
    progress[endpoint] = {
      ...(attempts.tries > 0 && progressOf(cloud, { ...attempts, endpoint, state })),
      ...(waiting !== undefined && { waiting }),
    };
  }
  return progress;
}

function resultsOf(all: readonly Hop[], id: string): EventSummary[] {
  const results = new Set(
    all.filter(({ causes }) => causes?.includes(id)).map(({ event }) => event),
  );
  return results.size === 0 ? [] : summarize(all.filter(({ event }) => results.has(event)));
}

/** A topic may be deleted when its events are shown. */
function subscriptionsOf({ topics }: Cloud, topicArn: string) {
  return topics.find(topicArn) === undefined ? [] : topics.subscriptions(topicArn);
}
