/** When the engine created a resource, in seconds from the first one. */
export type Span = {
  readonly name: string;
  readonly type: string;
  readonly from: number;
  readonly to: number;
};

const width = 720;
const left = 20;
const rowHeight = 5;
const top = 64;

const queueType = "aws:sqs/queue:Queue";
const colours = { deadLetter: "#b45309", queue: "#0b62a4", other: "#9ca3af" };

/** A deployment as a picture: a line for each resource, over time, in SVG. */
export function timelineChart(title: string, spans: readonly Span[]): string {
  const end = Math.max(1, ...spans.map(({ to }) => to));
  const height = top + spans.length * rowHeight + 30;
  const x = (seconds: number) => left + (seconds / end) * width;
  const bottom = height - 24;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${left + width + 20} ${height}" font-family="sans-serif" font-size="13">`,
    `<title>${title}</title>`,
    '<rect width="100%" height="100%" fill="white"/>',
    `<text x="${left}" y="20" font-size="15">${title}</text>`,
    ...legend(),
    ...spans.map((span, index) => {
      const y = top + index * rowHeight;
      const length = Math.max(1, x(span.to) - x(span.from));
      return `<rect x="${x(span.from).toFixed(1)}" y="${y}" width="${length.toFixed(1)}" height="${rowHeight - 1}" fill="${colourOf(span)}"/>`;
    }),
    `<path d="M${left} ${bottom}H${left + width}" fill="none" stroke="#999"/>`,
    `<text x="${left}" y="${bottom + 16}" fill="#555">0</text>`,
    `<text x="${left + width}" y="${bottom + 16}" text-anchor="end" fill="#555">${Math.round(end)} seconds</text>`,
    "</svg>\n",
  ].join("\n");
}

function legend(): string[] {
  const entries = [
    ["dead-letter queue", colours.deadLetter],
    ["queue", colours.queue],
    ["anything else", colours.other],
  ] as const;
  return entries.map(
    ([text, colour], index) =>
      `<rect x="${left + index * 160}" y="36" width="10" height="10" fill="${colour}"/>` +
      `<text x="${left + 16 + index * 160}" y="46" fill="#555">${text}</text>`,
  );
}

function colourOf({ name, type }: Span): string {
  if (type !== queueType) return colours.other;
  return name.endsWith("-dlq") ? colours.deadLetter : colours.queue;
}
