import type { Hop } from "../../trace/hop.ts";

type Listener = {
  /** Has something done step by step, in the order in which it was given. */
  readonly inSteps: (steps: Iterable<unknown>) => void;
  readonly onHop: (hop: Hop) => void;
  /** The stream is open, or open again; or it is lost. */
  readonly onConnection: (connection: "live" | "lost") => void;
  /** Hops after the one of that sequence were left out: what is known is not all. */
  readonly onGap: (after: number) => void;
  /** The run has begun anew: nothing that is known is true any more. */
  readonly onRestart: () => void;
};

/** Follows every hop after the one of that sequence. The browser connects again by itself. */
export function follow(
  sequence: number,
  { inSteps, onHop, onConnection, onGap, onRestart }: Listener,
): void {
  const source = new EventSource(`/_fanout/events?batch&after=${sequence}`);
  let latest = sequence;
  source.addEventListener("open", () => onConnection("live"));
  source.addEventListener("error", () => onConnection("lost"));
  source.addEventListener("gap", () => inSteps(noteGap()));
  source.addEventListener("hops", ({ data }: MessageEvent<string>) => inSteps(noteHops(data)));

  function* noteGap(): Iterable<void> {
    yield;
    onGap(latest);
  }

  function* noteHops(data: string): Iterable<void> {
    const hops: readonly Hop[] = JSON.parse(data);
    for (const hop of hops) {
      yield;
      // A run that begins anew counts from 1 again.
      if (hop.sequence <= latest) onRestart();
      latest = hop.sequence;
      onHop(hop);
    }
  }
}
