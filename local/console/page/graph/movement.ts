import type { Hop } from "../../../trace/hop.ts";
import { moveDot, type Tone, travel } from "./dot.ts";
import { light } from "./light.ts";

/** The most that is moving at once, and how soon the same may be shown again: under load, the counts tell more. */
const mostDots = 150;
const shortestPause = 200;

/** How far behind the event itself what is shown may fall, in milliseconds. */
const longestLag = 2500;

/** Shows events on their way through the graph. Each is shown one step after the other, however fast it was. */
export class Movement {
  readonly #root: Element;
  readonly #still = matchMedia("(prefers-reduced-motion: reduce)");
  /** By event and place: when what is shown of it has come there. */
  readonly #arrivals = new Map<string, number>();
  /** When an edge or a place was shown last. */
  readonly #latest = new Map<string, number>();
  #dots = 0;

  constructor(root: Element) {
    this.#root = root;
  }

  show(hop: Hop): void {
    const now = performance.now();
    if (document.hidden || this.#dots >= mostDots || this.#isShown(hop, now)) return;
    const begin = Math.min(Math.max(now, this.#arrival(hop, hop.from)), now + longestLag);
    const edge = this.#find(`[data-edge="${CSS.escape(`${hop.from} ${hop.to}`)}"]`);
    const step = steps[hop.kind];
    if (step.moves && edge !== undefined) {
      this.#remember(hop, begin + travel);
      this.#later(begin - now, () => this.#travel(edge, step.tone));
      this.#later(begin + travel - now, () => this.#touch(hop.to, step.tone));
    } else {
      const arrived = Math.max(begin, Math.min(this.#arrival(hop, hop.to), now + longestLag));
      this.#later(arrived - now, () => this.#touch(hop.to, step.tone));
    }
  }

  /** Whether the like of it was shown a moment ago. */
  #isShown({ kind, from, to }: Hop, now: number): boolean {
    const key = `${kind} ${from} ${to}`;
    const isShown = now - (this.#latest.get(key) ?? Number.NEGATIVE_INFINITY) < shortestPause;
    if (this.#latest.size > 2000) this.#latest.clear();
    if (!isShown) this.#latest.set(key, now);
    return isShown;
  }

  #arrival({ event }: Hop, place: string): number {
    return this.#arrivals.get(`${event} ${place}`) ?? 0;
  }

  #remember({ event, to }: Hop, time: number): void {
    this.#arrivals.set(`${event} ${to}`, time);
    if (this.#arrivals.size <= 2000) return;
    const [oldest] = this.#arrivals.keys();
    if (oldest !== undefined) this.#arrivals.delete(oldest);
  }

  #later(milliseconds: number, action: () => void): void {
    this.#dots++;
    setTimeout(() => {
      this.#dots--;
      action();
    }, milliseconds);
  }

  #travel(edge: Element, tone: Tone): void {
    const layer = edge.closest(".graph")?.querySelector(".dots");
    if (!edge.isConnected || !(edge instanceof SVGPathElement) || !layer) return;
    light(edge, tone, 1.5 * travel);
    if (!this.#still.matches) moveDot(layer, edge, tone);
  }

  /** What an event reaches lights up for a moment. */
  #touch(place: string, tone: Tone): void {
    if (tone === "stopped") return;
    const node = this.#find(`[data-node="${CSS.escape(place)}"]`);
    if (node !== undefined) light(node, tone, 500);
  }

  #find(selector: string): Element | undefined {
    return this.#root.querySelector(selector) ?? undefined;
  }
}

const going = { moves: true, tone: "going" } as const;

/** Whether a hop leads along an edge, and how it looks. */
const steps: Readonly<Record<Hop["kind"], { readonly moves: boolean; readonly tone: Tone }>> = {
  stored: going,
  published: going,
  queued: going,
  sent: { moves: true, tone: "good" },
  invoked: going,
  received: { moves: false, tone: "going" },
  deduplicated: { moves: true, tone: "stopped" },
  filtered: { moves: true, tone: "stopped" },
  retrying: { moves: false, tone: "bad" },
  denied: { moves: true, tone: "bad" },
  refused: { moves: false, tone: "bad" },
  handled: { moves: false, tone: "good" },
  failed: { moves: false, tone: "bad" },
  deadLettered: { moves: true, tone: "bad" },
  dropped: { moves: false, tone: "bad" },
};
