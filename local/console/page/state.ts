import type { EventView, FailureView, Mail, Overview, QueueView, TraceView } from "../api/types.ts";
import { isAside } from "../events/eventSummary.ts";
import type { Invocation } from "../history/invocationHistory.ts";
import type { BucketView, ObjectView, ShownRecord, Stores, TableItems } from "../stored/types.ts";
import { allEvents, type EventChoice } from "./eventChoice.ts";
import { EventIndex } from "./eventIndex.ts";
import type { Route } from "./route.ts";

/** Everything that is shown. Views are functions of it. */
export type State = {
  route: Route;
  stream: "connecting" | "live" | "lost";
  /** Whether the local run answered the last time it was asked. */
  reached: boolean;
  overview: Overview | undefined;
  readonly events: EventIndex;
  eventChoice: EventChoice;
  /** The search through what the run keeps, and why it ended early. */
  search: { readonly isUnderWay: boolean; readonly problem?: string };
  /** How far the list of events is scrolled. */
  eventScroll: EventScroll;
  /** What the present view has asked for; undefined until it is there. */
  detail: Detail | undefined;
  /** Systems that the reader has opened or closed, by name; of the others the page decides. */
  readonly systemOpen: Map<string, boolean>;
  /** A part of the names of systems that are shown; "" for all. */
  systemText: string;
};

export type EventScroll = {
  /** The part of the list that is seen, in pixels from its top. */
  readonly top: number;
  readonly height: number;
  /** How many events were listed when the reader left the top: later ones do not push what is read. */
  readonly held: number | undefined;
};

/** The answer to what a view asks for, by view. */
export type Detail =
  | ({ readonly view: "event" } & EventView & TraceView)
  | { readonly view: "queue"; readonly queue: QueueView }
  | { readonly view: "failures"; readonly failures: readonly FailureView[] }
  | { readonly view: "invocations"; readonly invocations: readonly Invocation[] }
  | { readonly view: "stored"; readonly stores: Stores }
  | { readonly view: "bucket"; readonly bucket: BucketView }
  | { readonly view: "object"; readonly object: ObjectView }
  | { readonly view: "table"; readonly table: TableItems }
  | { readonly view: "stream"; readonly records: readonly ShownRecord[] }
  | { readonly view: "outbox"; readonly mails: readonly Mail[] }
  | { readonly view: "missing"; readonly message: string };

export function newState(route: Route): State {
  return {
    route,
    stream: "connecting",
    reached: true,
    overview: undefined,
    events: new EventIndex(isAside),
    eventChoice: allEvents,
    search: { isUnderWay: false },
    eventScroll: { top: 0, height: 900, held: undefined },
    detail: undefined,
    systemOpen: new Map(),
    systemText: "",
  };
}
