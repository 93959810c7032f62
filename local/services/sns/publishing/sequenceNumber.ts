/** Sequence numbers have 20 digits and are not consecutive, so nobody comes to count on it. */
const first = 10_000_000_000_000_000_000n;
const step = 1000n;

/** The sequence number of a message of a FIFO topic, by its place in the order of publishing. */
export function sequenceNumber(sequence: number): string {
  return String(first + BigInt(sequence) * step);
}
