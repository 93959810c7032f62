import { inflateSync } from "node:zlib";

/** The size of deflated bytes once inflated, or infinity if it is more than `most`. */
export function inflatedSize(deflated: Buffer, most: number): number {
  try {
    return inflateSync(deflated, { maxOutputLength: Math.max(1, most) }).length;
  } catch (error) {
    if (error instanceof RangeError) return Number.POSITIVE_INFINITY;
    throw error;
  }
}
