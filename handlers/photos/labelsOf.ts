import { type Colour, colourOf } from "./colour.ts";

/** Red, green, blue and opacity of each pixel, row by row. */
type Pixels = {
  readonly width: number;
  readonly height: number;
  readonly bitmap: { readonly data: Uint8Array };
};

/** A colour counts from this part of the photo on. */
const leastShare = 0.15;

/** How many pixels are looked at on each side: enough to see colours, and few enough to count. */
const lookedAt = 64;

/** A photo's shape, and its colours from the most frequent on: `["landscape", "blue", "white"]`. */
export function labelsOf(pixels: Pixels): string[] {
  return [shapeOf(pixels), ...coloursOf(pixels)];
}

function shapeOf({ width, height }: Pixels): string {
  if (width === height) return "square";
  return width > height ? "landscape" : "portrait";
}

function coloursOf(pixels: Pixels): Colour[] {
  const counts = countColours(pixels);
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return [...counts]
    .filter(([, count]) => count >= all * leastShare)
    .sort(([, a], [, b]) => b - a)
    .map(([colour]) => colour);
}

/** Of a grid of pixels over the photo; what is mostly transparent has no colour. */
function countColours({ width, height, bitmap }: Pixels): Map<Colour, number> {
  const counts = new Map<Colour, number>();
  for (const y of places(height)) {
    for (const x of places(width)) {
      const start = 4 * (y * width + x);
      const [red = 0, green = 0, blue = 0, opacity = 0] = bitmap.data.subarray(start, start + 4);
      if (opacity < 128) continue;
      const colour = colourOf(red, green, blue);
      counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
  }
  return counts;
}

/** Evenly over a side, in the middle of equal parts. */
function places(length: number): number[] {
  const count = Math.min(length, lookedAt);
  return Array.from({ length: count }, (_, index) => Math.floor(((index + 0.5) * length) / count));
}
