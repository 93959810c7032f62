/** In pixels, like everything here. */
export type Box = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** How an edge leads from one box to another, as an SVG path. */
export type Way = (from: Box, to: Box) => string;

/** To the left of several sources, for the way from them to the topic. */
export const railRoom = 20;

export function sideways(from: Box, to: Box): string {
  const start = { x: from.x + from.width, y: middle(from).y };
  const end = { x: to.x, y: middle(to).y };
  if (start.y === end.y) return `M ${start.x} ${start.y} L ${end.x} ${end.y}`;
  const bend = (start.x + end.x) / 2;
  return `M ${start.x} ${start.y} C ${bend} ${start.y} ${bend} ${end.y} ${end.x} ${end.y}`;
}

/** Down along the left edge, and then to the right. */
export function fromAbove(from: Box, to: Box): string {
  const x = from.x + 10;
  const y = middle(to).y;
  return `M ${x} ${from.y + from.height} L ${x} ${y - 8} Q ${x} ${y} ${x + 8} ${y} L ${to.x} ${y}`;
}

/** To the left, and then down beside the other sources, which are none of its stations. */
export function alongRail(from: Box, to: Box): string {
  const x = to.x + railRoom / 2;
  const { y } = middle(from);
  return `M ${from.x} ${y} L ${x + 8} ${y} Q ${x} ${y} ${x} ${y + 8} L ${x} ${to.y}`;
}

export function straightDown(from: Box, to: Box): string {
  const x = middle(to).x;
  return `M ${x} ${from.y + from.height} L ${x} ${to.y}`;
}

/** Down beside the right edge, past what hangs between. @param inset from that edge */
export function downBeside(inset: number): Way {
  return (from, to) => {
    const x = from.x + from.width - inset;
    return `M ${x} ${from.y + from.height} L ${x} ${to.y}`;
  };
}

export function middle({ x, y, width, height }: Box): { x: number; y: number } {
  return { x: x + width / 2, y: y + height / 2 };
}
