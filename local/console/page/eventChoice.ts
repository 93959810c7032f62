import { type EventSummary, isAside, isUnreached } from "../events/eventSummary.ts";
import type { SystemShape } from "../systems/systemShape.ts";
import type { EventIndex, Matches } from "./eventIndex.ts";
import { branchName, outcomes, systemOf } from "./names.ts";

/** Which events the reader wants to see. */
export type EventChoice = {
  /** Name of a system; "" for all. */
  readonly system: string;
  readonly outcome: "all" | "open" | "trouble";
  /** A part of an id, a title, a consumer's name, an ARN; "" for any. */
  readonly text: string;
  /** Also what functions brought in, which its cause names, and events that say nothing of the program. */
  readonly everything: boolean;
};

export const allEvents: EventChoice = { system: "", outcome: "all", text: "", everything: false };

/** Whether nothing is chosen but perhaps to see everything. */
export function isAnyEvent({ system, outcome, text }: EventChoice): boolean {
  return system === "" && outcome === "all" && text.trim() === "";
}

/** @param found ids of events that have the text elsewhere: in their messages */
export function matchesChoice(
  { system, outcome, text, everything }: EventChoice,
  systems: readonly SystemShape[],
  found: ReadonlySet<string>,
): Matches {
  const wanted = text.trim().toLowerCase();
  const nameOf = remember((arn) => systemOf(systems, arn)?.name);
  const textOf = remember((arn) => `${branchName(systems, arn)} ${arn}`.toLowerCase());
  return (event) =>
    (everything || wanted !== "" || !isAside(event)) &&
    (system === "" || placesOf(event).some((arn) => nameOf(arn) === system)) &&
    hasOutcome(event, outcome) &&
    (wanted === "" || found.has(event.id) || hasText(event, wanted, textOf));
}

/** How many events the list has, whatever is searched for. */
export function listable({
  events,
  eventChoice,
}: {
  readonly events: Pick<EventIndex, "size" | "asideSize">;
  readonly eventChoice: EventChoice;
}): number {
  return eventChoice.everything ? events.size : events.size - events.asideSize;
}

function placesOf({ entry, topics, branches }: EventSummary): string[] {
  return [entry, ...topics, ...Object.keys(branches)];
}

function hasOutcome(event: EventSummary, outcome: EventChoice["outcome"]): boolean {
  if (outcome === "all") return true;
  const tone = outcome === "open" ? "open" : "bad";
  const isBad = outcome === "trouble" && isUnreached(event);
  return isBad || Object.values(event.branches).some((state) => outcomes[state].tone === tone);
}

function hasText(event: EventSummary, wanted: string, textOf: (arn: string) => string): boolean {
  return (
    event.id.toLowerCase().includes(wanted) ||
    event.title.toLowerCase().includes(wanted) ||
    [event.by, ...placesOf(event)].some((arn) => textOf(arn).includes(wanted))
  );
}

/** Looks each name up once, however many events there are. */
function remember<Name>(lookUp: (arn: string) => Name): (arn: string) => Name {
  const known = new Map<string, { readonly name: Name }>();
  return (arn) => {
    const entry = known.get(arn) ?? { name: lookUp(arn) };
    known.set(arn, entry);
    return entry.name;
  };
}
