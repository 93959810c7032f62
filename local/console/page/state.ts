import type { Hop } from "../../trace/hop.ts";
import type { EventView, Mail, Overview, QueueView } from "../api/types.ts";
import { type EventSummary, summaryWith } from "../events/eventSummary.ts";
import type { Invocation } from "../history/invocationHistory.ts";
import type { Route } from "./route.ts";

/** Everything that is shown. Views are functions of it. */
export type State = {
  route: Route;
  stream: "connecting" | "live" | "lost";
  /** Whether the local run answered the last time it was asked. */
  reached: boolean;
  overview: Overview | undefined;
  /** By id, in the order in which they began. */
  readonly events: Map<string, EventSummary>;
  /** What the present view has asked for; undefined until it is there. */
  detail: Detail | undefined;
  readonly eventFilter: { system: string; outcome: "all" | "open" | "trouble" };
};

/** The answer to what a view asks for, by view. */
export type Detail =
  | ({ readonly view: "event" } & EventView)
  | { readonly view: "queue"; readonly queue: QueueView }
  | { readonly view: "invocations"; readonly invocations: readonly Invocation[] }
  | { readonly view: "outbox"; readonly mails: readonly Mail[] }
  | { readonly view: "missing"; readonly message: string };

/** How many events the page remembers. */
const mostEvents = 2000;

export function newState(route: Route): State {
  return {
    route,
    stream: "connecting",
    reached: true,
    overview: undefined,
    events: new Map(),
    detail: undefined,
    eventFilter: { system: "", outcome: "all" },
  };
}

/** Counts a hop in. */
export function addHop({ events }: State, hop: Hop): void {
  events.set(hop.event, summaryWith(events.get(hop.event), hop));
  if (events.size <= mostEvents) return;
  const [oldest] = events.keys();
  if (oldest !== undefined) events.delete(oldest);
}
