import { inflateSync } from "node:zlib";

/** How many bytes some deflated bytes become, or infinity when that is more than `most`. */
export function inflatedSize(deflated: Buffer, most: number): number {
  try {
    return inflateSync(deflated, { maxOutputLength: Math.max(1, most) }).length;
  } catch (error) {
    if (error instanceof RangeError) return Number.POSITIVE_INFINITY;
    throw error;
  }
}
