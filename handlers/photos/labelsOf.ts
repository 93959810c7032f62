import { type Colour, colourOf } from "./colour.ts";

/** Red, green, blue and opacity of each pixel, row by row. */
type Pixels = {
  readonly width: number;
  readonly height: number;
  readonly bitmap: { readonly data: Uint8Array };
};

/** The smallest share of a photo that makes a colour one of its labels. */
const leastShare = 0.15;

/** The number of sampled pixels on each side: enough for colours, and quick to count. */
const sampled = 64;

/** The shape of a photo and its colours, the most frequent first: `["landscape", "blue", "white"]`. */
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

/** Counts the colours of a grid of pixels; a mostly transparent pixel has none. */
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

/** Positions in the middle of equal parts of a side. */
function places(length: number): number[] {
  const count = Math.min(length, sampled);
  return Array.from({ length: count }, (_, index) => Math.floor(((index + 0.5) * length) / count));
}
