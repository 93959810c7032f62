import type { Hop } from "../../trace/hop.ts";
import {
  type BranchState,
  branchOf,
  type EventSummary,
  isUnreached,
  summarize,
} from "../events/eventSummary.ts";
import { type Attempts, attemptsOf } from "./attempts.ts";

/** An event that something went wrong with, whatever its tries: one row for a poison message. */
export type EventFailure = {
  readonly event: EventSummary;
  /** Where it went wrong, in the order in which it came there. */
  readonly branches: readonly BranchFailure[];
  /** Whether every one of these branches got it in the end. */
  readonly recovered: boolean;
  /** Whether nobody got it: the branches are those of the filters that kept it back. */
  readonly unreached: boolean;
};

export type BranchFailure = Attempts & {
  /** ARN of the queue or function, or the address, that it was for; of where it could not enter. */
  readonly endpoint: string;
  /** Its state now. */
  readonly state: BranchState;
  /** Of the latest step that went wrong. */
  readonly reason: string;
  /** Where in the sources: `handlers/orders/order.ts:16:10`. */
  readonly position?: string;
  /** ARN of where that step started, and ARN or address of where it led. */
  readonly from: string;
  readonly to: string;
  /** Cloud time in milliseconds since 1970. */
  readonly time: number;
  /** Of the invocation that failed. */
  readonly requestId?: string;
};

/** How many events go wrong at one place, by their state there, or because they reached nobody. */
export type Failing = Readonly<Partial<Record<OpenState | "unreached", number>>>;

/** States of a branch that has not got its event. Dead letters are counted where they are. */
type OpenState = Exclude<BranchState, "handled" | "sent" | "deadLettered" | "deduplicated">;

type Troubled = Hop & { readonly reason: string };

/** What went wrong with one event. @param hops all that are known of it @returns undefined for nothing */
export function failureOf(hops: readonly Hop[]): EventFailure | undefined {
  const [event] = summarize(hops);
  if (event === undefined) return undefined;
  const unreached = isUnreached(event);
  const branches = [...Map.groupBy(hops, placeOf)].flatMap(([endpoint, own]) => {
    const latest = own.findLast((hop) => isTrouble(hop) || (unreached && hop.kind === "filtered"));
    return latest === undefined || !hasReason(latest)
      ? []
      : [
          branchFailure(
            endpoint,
            event.branches[endpoint],
            reasonable(latest, own),
            attemptsOf(own),
          ),
        ];
  });
  if (branches.length === 0 && !unreached) return undefined;
  const recovered = !unreached && branches.every(({ state }) => isWell(state));
  return { event, branches, recovered, unreached };
}

type OpenPlace = { readonly place: string; readonly state: keyof Failing };

/** Where an event still goes wrong, and how: at its topic, when nobody got it. */
export function openPlaces({ event, branches, unreached }: EventFailure): OpenPlace[] {
  if (unreached) return event.topics.map((place) => ({ place, state: "unreached" }));
  return branches.flatMap(({ endpoint: place, state }) =>
    isOpen(state) ? [{ place, state }] : [],
  );
}

function isOpen(state: BranchState): state is OpenState {
  return !isWell(state) && state !== "deadLettered" && state !== "deduplicated";
}

/** Whether a branch has got its event in the end. */
export function isWell(state: BranchState): boolean {
  return state === "handled" || state === "sent";
}

const troubles: ReadonlySet<Hop["kind"]> = new Set([
  "failed",
  "denied",
  "refused",
  "dropped",
  "deadLettered",
  "retrying",
]);

/** Whether a step is one that goes wrong. What a filter keeps back is meant to be, unless it looks in the wrong place. */
export function isTrouble(hop: Hop): boolean {
  const { kind } = hop;
  if (kind === "filtered") return hop.isElsewhere === true;
  return troubles.has(kind);
}

/** A denied publication has no branch: it is where it could not enter. */
function placeOf(hop: Hop): string {
  return branchOf(hop) ?? hop.to;
}

/** A dead letter's own reason is only that it failed too often: why, the last failure says. */
function reasonable(latest: Troubled, own: readonly Hop[]): Troubled {
  if (latest.kind !== "deadLettered") return latest;
  const failed = own.findLast((hop) => hop.kind === "failed" || hop.kind === "denied");
  return failed !== undefined && hasReason(failed) ? failed : latest;
}

function branchFailure(
  endpoint: string,
  state: BranchState | undefined,
  hop: Troubled,
  attempts: Attempts,
): BranchFailure {
  const { reason, from, to, time } = hop;
  return {
    endpoint,
    state: state ?? stateAtEntrance(hop),
    reason,
    from,
    to,
    time,
    ...attempts,
    ...(hop.kind === "failed" && { requestId: hop.requestId }),
    ...(hop.kind === "failed" && hop.position !== undefined && { position: hop.position }),
  };
}

function stateAtEntrance({ kind }: Hop): BranchState {
  return kind === "refused" || kind === "denied" ? "denied" : "dropped";
}

function hasReason(hop: Hop): hop is Troubled {
  return "reason" in hop;
}
