/**
 * How a standard queue makes use of its freedom: AWS promises neither order nor that a message comes
 * only once. FIFO queues always deliver in order, once.
 */
export type StandardDelivery = {
  /** How many of the receivable messages to look at in order to hand out `wanted`. */
  readonly candidates: (wanted: number) => number;
  /** Up to `wanted` of them, in the order in which to hand them out. */
  readonly select: <T>(messages: readonly T[], wanted: number) => readonly T[];
  /** Whether a message stays visible though it was handed out, and so comes a second time. */
  readonly duplicates: () => boolean;
};

/** Every message once, those longest visible first. */
export const strictDelivery: StandardDelivery = {
  candidates: (wanted) => wanted,
  select: (messages) => messages,
  duplicates: () => false,
};

/**
 * Any of the next hundred messages, and one in twenty twice.
 *
 * @param random gives 0 up to 1, as `Math.random` does
 */
export function shuffledDelivery(random: () => number): StandardDelivery {
  return {
    candidates: (wanted) => Math.max(100, wanted),
    select: (messages, wanted) => shuffled(messages, random).slice(0, wanted),
    duplicates: () => random() < 0.05,
  };
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const weighted = items.map((item) => ({ item, weight: random() }));
  return weighted.sort((a, b) => a.weight - b.weight).map(({ item }) => item);
}
