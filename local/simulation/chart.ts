import type { Moment } from "./simulate.ts";

const width = 720;
const height = 150;
const left = 90;
const gap = 46;

/** A simulation as a picture: three curves over the same time, in SVG. */
export function chart(title: string, moments: readonly Moment[]): string {
  const curves = [
    { name: "batches at once", values: moments.map(({ concurrency }) => concurrency) },
    { name: "messages in the queue", values: moments.map(({ backlog }) => backlog) },
    { name: "latency, seconds", values: moments.map(({ latency }) => latency) },
  ];
  const total = { width: left + width + 20, height: 40 + curves.length * (height + gap) };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${total.width} ${total.height}" font-family="sans-serif" font-size="13">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="100%" height="100%" fill="white"/>`,
    `<text x="${left}" y="20" font-size="15">${escaped(title)}</text>`,
    ...curves.map(({ name, values }, index) => curve(name, values, 40 + index * (height + gap))),
    "</svg>\n",
  ].join("\n");
}

function curve(name: string, values: readonly number[], top: number): string {
  const most = Math.max(...values, 1);
  const bottom = top + height;
  const points = values.map((value, index) => {
    const x = left + (index / Math.max(1, values.length - 1)) * width;
    return `${x.toFixed(1)},${(bottom - (value / most) * (height - 20)).toFixed(1)}`;
  });
  const middle = left + width / 2;
  return [
    `<text x="${left}" y="${top + 12}" fill="#555">${escaped(name)}</text>`,
    `<path d="M${left} ${top + 20}V${bottom}H${left + width}" fill="none" stroke="#999"/>`,
    `<text x="${left - 6}" y="${top + 25}" text-anchor="end">${number(most)}</text>`,
    `<text x="${left - 6}" y="${bottom}" text-anchor="end">0</text>`,
    `<text x="${left}" y="${bottom + 16}" fill="#555">0</text>`,
    `<text x="${middle}" y="${bottom + 16}" text-anchor="middle" fill="#555">seconds</text>`,
    `<text x="${left + width}" y="${bottom + 16}" text-anchor="end" fill="#555">${values.length}</text>`,
    `<polyline points="${points.join(" ")}" fill="none" stroke="#0b62a4" stroke-width="2"/>`,
  ].join("\n");
}

function number(value: number): string {
  return value.toLocaleString("en", { maximumSignificantDigits: 3, notation: "compact" });
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
