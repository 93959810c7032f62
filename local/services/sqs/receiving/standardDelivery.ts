/**
 * How a standard queue delivers: AWS guarantees neither order nor that a message is delivered
 * only once. FIFO queues always deliver in order, once.
 */
export type StandardDelivery = {
  /** How many receivable messages to consider in order to return `wanted`. */
  readonly candidates: (wanted: number) => number;
  /** Up to `wanted` of them, in the order of delivery. */
  readonly select: <T>(messages: readonly T[], wanted: number) => readonly T[];
  /** Whether a message stays visible although it was delivered, and so is delivered twice. */
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
 * @param random returns 0 up to 1, as `Math.random` does
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
