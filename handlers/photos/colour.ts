/** The end of each colour on the wheel of hues, in degrees. */
const hues = [
  [15, "red"],
  [45, "orange"],
  [70, "yellow"],
  [165, "green"],
  [200, "cyan"],
  [260, "blue"],
  [290, "purple"],
  [345, "pink"],
] as const;

export type Colour = (typeof hues)[number][1] | "black" | "white" | "grey" | "brown";

/** The name of a colour, given by red, green and blue, 0 to 255 each. */
export function colourOf(red: number, green: number, blue: number): Colour {
  const most = Math.max(red, green, blue);
  const least = Math.min(red, green, blue);
  const lightness = (most + least) / 510;
  if (lightness < 0.1) return "black";
  if (lightness > 0.93) return "white";
  if (saturation(most, least, lightness) < 0.15) return "grey";
  const hue = hueOf(red, green, blue, most, most - least);
  const name = hues.find(([end]) => hue < end)?.[1] ?? "red";
  return name === "orange" && lightness < 0.4 ? "brown" : name;
}

/** Of the model of hue, saturation and lightness, 0 to 1. */
function saturation(most: number, least: number, lightness: number): number {
  if (most === least) return 0;
  return (most - least) / 255 / (1 - Math.abs(2 * lightness - 1));
}

/** Degrees: red is at 0, green at 120, blue at 240. */
function hueOf(red: number, green: number, blue: number, most: number, range: number): number {
  if (most === red) return (60 * ((green - blue) / range) + 360) % 360;
  if (most === green) return 60 * ((blue - red) / range) + 120;
  return 60 * ((red - green) / range) + 240;
}
