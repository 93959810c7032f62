import { svg } from "./element.ts";

const paths = {
  bucket:
    "M3 4.5h10M3.5 4.5l1 8.5c.1.6 1.6 1 3.500 1s3.400-.4 3.500-1l1-8.500M8 2c2.800 0 5 1.100 5 2.500S10.800 7 8 7 3 5.900 3 4.500 5.200 2 8 2Z",
  topic:
    "M4 8h3c3 0 2-4.500 5-4.500M7 8h5M7 8c3 0 2 4.500 5 4.500M2.500 8a1.500 1.500 0 1 0 3 0 1.500 1.500 0 1 0-3 0",
  queue: "M2.500 4.500h2.500v7H2.500ZM6.750 4.500h2.500v7h-2.500ZM11 4.500h2.500v7H11Z",
  function: "M4 13 7.600 6.200M5 3h1.500l4.500 10H12.500",
  table: "M2.500 3.500h11v9h-11ZM2.500 6.500h11M6.500 6.500v6",
  stream:
    "M2.500 5c2.750-2 5.500 2 8.250 0s2.750 0 2.750 0M2.500 10.500c2.750-2 5.500 2 8.250 0s2.750 0 2.750 0",
  rule: "M2.500 4h3.500l2 4-2 4H2.500M8 8h5.500M11 5.500 13.500 8 11 10.500",
  schedule:
    "M8 2.500v2M8 8l2.500 1.500M8 5v3M13.500 8.500a5.500 5.500 0 1 1-11 0 5.500 5.500 0 1 1 11 0",
  address: "M2.500 4h11v8h-11ZM2.500 4.500 8 9l5.500-4.500",
} as const;

export type IconName = keyof typeof paths;

/** A sign of 16 by 16 pixels, in the colour of the text beside it, which alone is read aloud. */
export function icon(name: IconName): SVGElement {
  return svg(
    "svg",
    { class: "icon", viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" },
    svg("path", { d: paths[name] }),
  );
}
