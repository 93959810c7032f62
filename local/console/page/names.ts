import { shortName } from "../../trace/shortName.ts";
import type { BranchState } from "../events/eventSummary.ts";
import {
  type ConsumerShape,
  type QueueRole,
  queuePlace,
  queuesOf,
  type SystemShape,
} from "../systems/systemShape.ts";
import { type DetailView, linkTo } from "./route.ts";

type Systems = readonly SystemShape[];

/** The system that a topic, a source or a consumer's resource belongs to. */
export function systemOf(systems: Systems, arn: string): SystemShape | undefined {
  return systems.find(
    ({ topic, entrance, sources, consumers, otherQueues }) =>
      topic?.arn === arn ||
      entrance?.arn === arn ||
      sources.some((source) => source.arn === arn) ||
      otherQueues.some((queue) => queue.arn === arn) ||
      consumers.some((consumer) => belongs(consumer, arn)),
  );
}

function belongs(consumer: ConsumerShape, arn: string): boolean {
  return (
    consumer.endpoint === arn ||
    consumer.function?.arn === arn ||
    queuesOf(consumer).some(([, queue]) => queue.arn === arn)
  );
}

/** The consumer that a topic delivers to there. */
function consumerAt(systems: Systems, endpoint: string): ConsumerShape | undefined {
  return systems.flatMap(({ consumers }) => consumers).find((each) => each.endpoint === endpoint);
}

/** What people call a branch of an event: its consumer. */
export function branchName(systems: Systems, endpoint: string): string {
  return consumerAt(systems, endpoint)?.name ?? shortName(endpoint);
}

/** A resource's name with its service, because a queue, its function and its topic often share one: `orders (queue)`. */
export function shortPlace(arn: string): string {
  const kinds: Readonly<Record<string, string>> = {
    sns: "topic",
    sqs: "queue",
    lambda: "function",
    s3: "bucket",
    dynamodb: "table",
    events: "rule",
    scheduler: "schedule",
  };
  const kind = arn.startsWith("arn:") ? kinds[arn.split(":")[2] ?? ""] : undefined;
  return kind === undefined ? shortName(arn) : `${kind} ${shortName(arn)}`;
}

export const roleNames: Readonly<Record<QueueRole, string>> = {
  work: "queue",
  deadLetters: "dead letters",
  undelivered: "undelivered",
  failures: "failures",
};

/** `orders inventory`, whatever the queue or function is called in full. */
export function placeOf(systems: Systems, arn: string): string {
  const place = queuePlace(systems, arn);
  if (place !== undefined) return `${place.system.name} · ${place.consumer.name}`;
  const system = systemOf(systems, arn);
  const consumer = system?.consumers.find((each) => each.function?.arn === arn);
  return [system?.name, consumer?.name].filter(Boolean).join(" · ");
}

/** Where the page shows a resource, if it does. */
export function linkOf(arn: string): string | undefined {
  const service = arn.split(":")[2] ?? "";
  const views: Readonly<Record<string, DetailView>> = {
    sns: "topic",
    sqs: "queue",
    lambda: "function",
    s3: "bucket",
    kinesis: "stream",
    events: "trigger",
    scheduler: "trigger",
  };
  const view = views[service];
  // Of a table's stream, the table is shown.
  if (service === "dynamodb") return linkTo("table", arn.split("/")[1] ?? "");
  return view === undefined ? undefined : linkTo(view, arn);
}

export type Tone = "good" | "bad" | "open" | "quiet";

/** How each state of a branch is shown, beside its words. */
export const outcomes: Readonly<
  Record<BranchState, { readonly mark: string; readonly tone: Tone }>
> = {
  waiting: { mark: "·", tone: "open" },
  working: { mark: "…", tone: "open" },
  retrying: { mark: "↻", tone: "open" },
  failed: { mark: "↻", tone: "bad" },
  handled: { mark: "✓", tone: "good" },
  sent: { mark: "✓", tone: "good" },
  deduplicated: { mark: "=", tone: "quiet" },
  filtered: { mark: "–", tone: "quiet" },
  deadLettered: { mark: "✕", tone: "bad" },
  denied: { mark: "✕", tone: "bad" },
  dropped: { mark: "✕", tone: "bad" },
};
