import type { Published } from "./publisher.ts";

/** What became of the messages that a consumer should have. */
export type Verdict = {
  readonly accepted: number;
  readonly handled: number;
  /** Accepted by the topic, handled never, and in no dead-letter queue. */
  readonly lost: readonly string[];
  /** Handled more than once, as at-least-once delivery allows. */
  readonly repeated: number;
  /** Handled for the first time after a later message of the group. */
  readonly inverted: readonly string[];
  /** Handled, but never published. */
  readonly strange: readonly string[];
};

/**
 * Compares what a consumer has handled with what was published.
 *
 * @param ledger the messages in the order in which they were handled, `GROUP NUMBER`
 * @param dead those in the consumer's dead-letter queue
 */
export function judge(
  { accepted, unknown }: Published,
  ledger: readonly string[],
  dead: readonly string[],
): Verdict {
  const handled = new Set(ledger);
  const known = new Set([...accepted, ...unknown]);
  const kept = new Set(dead);
  return {
    accepted: accepted.length,
    handled: handled.size,
    lost: accepted.filter((text) => !handled.has(text) && !kept.has(text)),
    repeated: ledger.length - handled.size,
    inverted: inversions(handled),
    strange: [...handled].filter((text) => !known.has(text)),
  };
}

function inversions(handled: Iterable<string>): string[] {
  const latest = new Map<string, number>();
  const inverted: string[] = [];
  for (const text of handled) {
    const [group = "", number = ""] = text.split(" ");
    const before = latest.get(group) ?? 0;
    if (Number(number) < before) inverted.push(text);
    else latest.set(group, Number(number));
  }
  return inverted;
}

/** MiB a minute that memory rises, by least squares. */
export function slope(samples: readonly { readonly minute: number; readonly memory: number }[]) {
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const x = mean(samples.map(({ minute }) => minute));
  const y = mean(samples.map(({ memory }) => memory));
  const rise = mean(samples.map(({ minute, memory }) => (minute - x) * (memory - y)));
  const run = mean(samples.map(({ minute }) => (minute - x) ** 2));
  return run > 0 ? rise / run : undefined;
}
