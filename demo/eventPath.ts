import type { Hop } from "../local/trace/hop.ts";
import { shortName } from "../local/trace/shortName.ts";

/**
 * The path of an event, a line for each branch:
 *
 *     uploads        stored, published +1 ms
 *     uploads-audit  queued +1 ms, received +2 ms, invoked +2 ms, handled +44 ms
 */
export function eventPath(hops: readonly Hop[]): string[] {
  const [first] = hops;
  if (first === undefined) return [];
  const branches = Map.groupBy(hops, branchOf);
  const width = Math.max(...[...branches.keys()].map((name) => name.length));
  return [...branches].map(([name, steps]) => {
    const words = steps.map((hop) => step(hop, hop.time - first.time));
    return `${name.padEnd(width)}  ${folded(words).join(", ")}`;
  });
}

/** A queue and the function that polls it are one branch; a topic or a bucket is another. */
function branchOf(hop: Hop): string {
  const fromQueue = ["received", "invoked", "handled", "failed", "deadLettered"].includes(hop.kind);
  return shortName(fromQueue && !hop.from.includes(":sns:") ? hop.from : hop.to);
}

function step(hop: Hop, milliseconds: number): string {
  const time = milliseconds === 0 ? "" : ` +${duration(milliseconds)}`;
  return hop.kind === "deadLettered" ? `to the dead-letter queue${time}` : `${hop.kind}${time}`;
}

function duration(milliseconds: number): string {
  return milliseconds < 10_000 ? `${milliseconds} ms` : `${Math.round(milliseconds / 1000)} s`;
}

/** Shortens a long sequence of retries to its beginning and end. */
function folded(words: readonly string[]): string[] {
  if (words.length <= 10) return [...words];
  return [...words.slice(0, 4), `... ${words.length - 7} more ...`, ...words.slice(-3)];
}
