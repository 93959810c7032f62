import type { Hop } from "../../trace/hop.ts";
import { titleOf } from "./eventTitle.ts";

/** How many events a run and its page remember: more than the trace has hops. */
export const mostEvents = 100_000;

/** How far an event has got on one of its branches, or how it ended there. */
export type BranchState =
  | "waiting"
  | "working"
  | "retrying"
  | "handled"
  | "failed"
  | "deadLettered"
  | "deduplicated"
  | "filtered"
  | "denied"
  | "dropped"
  | "sent";

/** How people read a state, in the console and in a terminal. */
export const stateWords: Readonly<Record<BranchState, string>> = {
  waiting: "waiting",
  working: "at work",
  retrying: "to be delivered again",
  failed: "failed",
  handled: "handled",
  sent: "sent",
  deduplicated: "a duplicate, not kept",
  filtered: "filtered out",
  deadLettered: "dead letter",
  denied: "denied",
  dropped: "lost",
};

/** What is known of an event at a glance. */
export type EventSummary = {
  readonly id: string;
  /** What entered, in a line. */
  readonly title: string;
  /** ARN of where it entered: a bucket, a topic, a queue, a function. */
  readonly entry: string;
  /** ARN of who brought it in. */
  readonly by: string;
  /** Cloud time of the first and of the last hop, in milliseconds since 1970. */
  readonly startedAt: number;
  readonly latestAt: number;
  /** The sequences of these hops. */
  readonly first: number;
  readonly latest: number;
  /** The topics that it was published to. */
  readonly topics: readonly string[];
  /** By ARN of the queue or function, or by address, that a topic delivers to. */
  readonly branches: Readonly<Record<string, BranchState>>;
  /** The events in whose course a function brought it in; absent where that is not known. */
  readonly causes?: readonly string[];
};

/** Some of the events, and where to go on. */
export type EventPage = {
  /** The latest first. */
  readonly events: readonly EventSummary[];
  /** `before` of the next page; absent where there is none. */
  readonly next?: number;
};

/** A summary to which hops are still added. */
export type GrowingSummary = Omit<EventSummary, "latestAt" | "latest" | "topics" | "branches"> & {
  latestAt: number;
  latest: number;
  readonly topics: string[];
  readonly branches: Record<string, BranchState>;
};

/** The summary with one more hop of its event. */
export function summaryWith(summary: EventSummary | undefined, hop: Hop): EventSummary {
  const known = summary === undefined ? beginning(hop) : copyOf(summary);
  addHop(known, hop);
  return known;
}

export function copyOf(summary: EventSummary): GrowingSummary {
  return { ...summary, topics: [...summary.topics], branches: { ...summary.branches } };
}

/** Adds one more hop of its event to a summary, in place: a copy for each costs more than all else about a hop. */
export function addHop(summary: GrowingSummary, hop: Hop): void {
  const branch = branchOf(hop);
  summary.latestAt = hop.time;
  summary.latest = hop.sequence;
  if (hop.kind === "published" && !summary.topics.includes(hop.to)) summary.topics.push(hop.to);
  if (branch === undefined) return;
  const state = stateAfter(hop, summary.branches[branch]);
  if (state !== undefined) summary.branches[branch] = state;
}

/** What the run knows of an event, and what a reader has seen of it since. */
export function combined(known: EventSummary, seen: EventSummary): EventSummary {
  if (known.latest >= seen.latest) return known;
  const { latestAt, latest } = seen;
  return {
    ...known,
    latestAt,
    latest,
    topics: [...new Set([...known.topics, ...seen.topics])],
    branches: { ...known.branches, ...seen.branches },
  };
}

/** The summaries of all events among the hops, the latest event last. */
export function summarize(hops: readonly Hop[]): EventSummary[] {
  const summaries = new Map<string, GrowingSummary>();
  for (const hop of hops) {
    const summary = summaries.get(hop.event) ?? beginning(hop);
    summaries.set(hop.event, summary);
    addHop(summary, hop);
  }
  return [...summaries.values()];
}

/**
 * Whether it was published and nobody got it: every filter kept it back, or nobody is subscribed. Events that S3
 * sends to try a topic do not count.
 */
export function isUnreached({ topics, branches, title }: EventSummary): boolean {
  return (
    topics.length > 0 &&
    !title.startsWith("Test event of ") &&
    Object.values(branches).every((state) => state === "filtered")
  );
}

/** Whether lists leave it out: the result of another event, or what says nothing of the program at work. */
export function isAside(event: EventSummary): boolean {
  return event.causes !== undefined || isNoise(event);
}

/** Whether it says nothing about the program at work: a test event of S3, a file that the program brings along. */
function isNoise({ title, entry, by, topics, branches }: EventSummary): boolean {
  if (title.startsWith("Test event of ")) return true;
  const goesNowhere = topics.length === 0 && Object.keys(branches).length === 0;
  return goesNowhere && entry.startsWith("arn:aws:s3:") && by.endsWith(":root");
}

/**
 * Which branch of its event a hop belongs to: where the topic delivers, or would have. Hops at the
 * event's entrance belong to none.
 */
export function branchOf(hop: Hop): string | undefined {
  switch (hop.kind) {
    case "stored":
    case "published":
      return undefined;
    case "deduplicated":
    case "denied":
    case "dropped":
      if (isTopic(hop.to)) return undefined;
      return isQueue(hop.from) ? hop.from : hop.to;
    case "queued":
    case "filtered":
    case "sent":
      return hop.to;
    case "deadLettered":
      return hop.endpoint ?? hop.from;
    case "refused":
      return hop.branch;
    case "received":
      return hop.from;
    case "retrying":
    case "invoked":
    case "handled":
    case "failed":
      return isQueue(hop.from) ? hop.from : hop.to;
  }
}

function stateAfter({ kind }: Hop, before: BranchState | undefined): BranchState | undefined {
  switch (kind) {
    case "deduplicated":
      return before ?? kind;
    case "stored":
    case "published":
    // Its function goes on, and may do without.
    case "refused":
      return undefined;
    case "queued":
      return "waiting";
    case "received":
    case "invoked":
      return "working";
    default:
      return kind;
  }
}

/** The summary of an event before its first hop is added. */
export function beginning(hop: Hop): GrowingSummary {
  return {
    id: hop.event,
    title: titleOf(hop),
    entry: hop.to,
    by: hop.from,
    startedAt: hop.time,
    latestAt: hop.time,
    first: hop.sequence,
    latest: hop.sequence,
    // Most have one, and an array that grows keeps room for sixteen more.
    topics: hop.kind === "published" ? [hop.to] : [],
    branches: {},
    ...(hop.causes !== undefined && { causes: hop.causes }),
  };
}

function isTopic(arn: string): boolean {
  return arn.startsWith("arn:aws:sns:");
}

function isQueue(arn: string): boolean {
  return arn.startsWith("arn:aws:sqs:");
}

/** A subscription of the event's topic that the event was never brought to. */
export type MissedSubscriber = {
  readonly endpoint: string;
  readonly reason: string;
};
