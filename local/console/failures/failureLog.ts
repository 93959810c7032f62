import type { Hop } from "../../trace/hop.ts";
import {
  type EventFailure,
  type Failing,
  failureOf,
  isTrouble,
  openPlaces,
} from "./eventFailure.ts";

/** How many events are remembered in case something goes wrong with them, and how many that it did with. */
const mostRecent = 5000;
const mostFailed = 500;

/** Hops of one event that are kept: its beginning, and the latest of a message that fails again and again. */
const firstHops = 100;
const latestHops = 200;

/** What the log needs of the trace. */
type Source = { listen(listener: (hop: Hop) => void): unknown };

/** The events that something went wrong with; they are kept longer than the trace. */
export class FailureLog {
  /** The hops of each event, oldest event first. */
  readonly #recent = new Map<string, Hop[]>();
  readonly #failed = new Map<string, Hop[]>();
  /** Of `list`, until the next hop. */
  #known: readonly EventFailure[] | undefined;

  constructor(trace: Source) {
    trace.listen((hop) => this.#add(hop));
  }

  /** The latest event first. */
  list(): readonly EventFailure[] {
    this.#known ??= [...this.#failed.values()]
      .map(failureOf)
      .filter((failure) => failure !== undefined)
      .reverse();
    return this.#known;
  }

  /** How many events have not been handled everywhere until now. */
  get open(): number {
    return this.list().filter(({ recovered }) => !recovered).length;
  }

  /** How many of these go wrong where, and how, by ARN or address. */
  failing(): Record<string, Failing> {
    const places: Record<string, Record<string, number>> = {};
    for (const { place, state } of this.list().flatMap(openPlaces)) {
      places[place] = { ...places[place], [state]: (places[place]?.[state] ?? 0) + 1 };
    }
    return places;
  }

  /** How many of these go wrong at any of these places. */
  countAt(places: ReadonlySet<string>): number {
    return this.list().filter((failure) =>
      openPlaces(failure).some(({ place }) => places.has(place)),
    ).length;
  }

  /** Forgets them all, as looked into. */
  clear(): void {
    this.#failed.clear();
    this.#known = undefined;
  }

  #add(hop: Hop): void {
    const { event } = hop;
    const hops = this.#failed.get(event) ?? this.#recent.get(event) ?? this.#begin(event);
    hops.push(hop);
    if (hops.length > firstHops + 2 * latestHops) hops.splice(firstHops, latestHops);
    if (isTrouble(hop)) this.#fail(event, hops);
    else if (this.#failed.has(event)) this.#known = undefined;
    // The topic delivers it, or does not, before anything else can happen.
    if (hop.kind === "published") queueMicrotask(() => this.#checkReached(event, hops));
  }

  #begin(event: string): Hop[] {
    const hops: Hop[] = [];
    this.#recent.set(event, hops);
    removeOldest(this.#recent, mostRecent);
    return hops;
  }

  #checkReached(event: string, hops: Hop[]): void {
    // Most messages reach somebody at once, and need no closer look.
    if (hops.every(isBefore) && failureOf(hops)?.unreached) this.#fail(event, hops);
  }

  #fail(event: string, hops: Hop[]): void {
    this.#known = undefined;
    if (this.#failed.has(event)) return;
    this.#failed.set(event, hops);
    removeOldest(this.#failed, mostFailed);
  }
}

/** Whether a step is one of a message that has not reached anybody. */
function isBefore({ kind }: Hop): boolean {
  return kind === "published" || kind === "stored" || kind === "filtered";
}

function removeOldest(map: Map<string, unknown>, most: number): void {
  if (map.size <= most) return;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}
