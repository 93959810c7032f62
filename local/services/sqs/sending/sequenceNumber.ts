/** Sequence numbers have 20 digits and are not consecutive, so nobody comes to count on it. */
const first = 18_800_000_000_000_000_000n;
const step = 256n;

/** The sequence number of a message of a FIFO queue, by its place in the order of entry. */
export function sequenceNumber(sequence: number): string {
  return String(first + BigInt(sequence) * step);
}
