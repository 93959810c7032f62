export type Tone = "going" | "good" | "bad" | "stopped";

/** How long an event takes along an edge, in milliseconds. */
export const travel = 650;

/** How many straight lines stand for an edge's curve. */
const lines = 12;

/** Points along each curve, by its `d`: to look at it for every dot would cost more than the dot. */
const knownPoints = new Map<string, readonly DOMPoint[]>();
const mostKnown = 1000;

/**
 * Moves a dot along an edge. Only its transform and opacity change, so that the browser's compositor moves it and
 * the page itself does not draw again for each frame.
 *
 * @param edge an SVG path
 */
export function moveDot(layer: Element, edge: SVGPathElement, tone: Tone): void {
  const dot = document.createElement("i");
  dot.className = `dot ${tone}`;
  layer.append(dot);
  const points = pointsOf(edge);
  const way = tone === "stopped" ? points.slice(0, Math.ceil(0.55 * points.length)) : points;
  const moves = way.map(({ x, y }, index) => ({
    transform: `translate(${x}px, ${y}px)`,
    offset: (0.9 * index) / (way.length - 1),
  }));
  const timing = { duration: travel, easing: "ease-in-out", fill: "forwards" } as const;
  dot.animate([...moves, { ...moves.at(-1), offset: 1 }], timing);
  dot.animate([{ opacity: 1 }, { opacity: 1, offset: 0.9 }, { opacity: 0 }], timing).finished.then(
    () => dot.remove(),
    () => dot.remove(),
  );
}

function pointsOf(edge: SVGPathElement): readonly DOMPoint[] {
  const shape = edge.getAttribute("d") ?? "";
  const known = knownPoints.get(shape);
  if (known !== undefined) return known;
  const length = edge.getTotalLength();
  const points = Array.from({ length: lines + 1 }, (_, index) =>
    edge.getPointAtLength((length * index) / lines),
  );
  if (knownPoints.size >= mostKnown) knownPoints.clear();
  knownPoints.set(shape, points);
  return points;
}
