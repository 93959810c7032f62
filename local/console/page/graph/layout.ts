import type { ConsumerShape, Named, Source, SystemShape } from "../../systems/systemShape.ts";

/** In pixels, like everything here. */
export type Box = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** Where everything of one system stands. */
export type Layout = {
  readonly height: number;
  readonly sources: readonly (Source & { readonly box: Box })[];
  /** Of the topic, or of what brings events in place of one. */
  readonly topic?: Box;
  readonly lanes: readonly Lane[];
  readonly edges: readonly Edge[];
};

/** A consumer: its title, what the topic delivers to, who works on that, and the queues of what went wrong. */
export type Lane = {
  readonly consumer: ConsumerShape;
  readonly title: Box;
  /** The queue, the function, or the address that the topic delivers to. */
  readonly endpoint: Box;
  /** The function that works on the queue. */
  readonly worker?: Box;
  readonly letters: readonly Letters[];
};

export type LettersRole = "deadLetters" | "undelivered" | "failures";

export type Letters = { readonly role: LettersRole; readonly arn: string; readonly box: Box };

export type Edge = {
  /** ARN, or address, of where it begins and of where it leads: as hops name them. */
  readonly from: string;
  readonly to: string;
  /** As an SVG path. */
  readonly path: string;
  /** False for a way that things seldom take: it shows only when they do. */
  readonly drawn: boolean;
};

const nodeHeight = 40;
const titleHeight = 26;
const lettersHeight = 26;
const lettersWidth = 118;
const laneGap = 16;
const sourceGap = 34;
/** Between several sources, and the room to their left for the way to the topic. */
const railGap = 12;
const railRoom = 20;

/** Below it, the topic stands above its consumers. */
const narrow = 560;

/** Lays a system out by the flow: from left to right, or downwards where that is too narrow. */
export function layOut(system: SystemShape, width: number): Layout {
  return width < narrow ? downwards(system, width) : toTheRight(system, width);
}

function toTheRight(system: SystemShape, width: number): Layout {
  if (hubOf(system) === undefined) return lanesAlone(system, width);
  const headWidth = Math.min(210, Math.round(width * 0.24));
  const gap = Math.min(84, Math.round(width * 0.09));
  const left = headWidth + gap;
  const { lanes, bottom } = placeLanes(system, { x: left, y: 0, width: width - left });
  const headHeight = headAbove(system) + nodeHeight;
  const height = Math.max(bottom - laneGap, headHeight);
  const middle = lanes.length === 0 ? height / 2 : middleOf(lanes);
  const top = Math.min(Math.max(0, middle - headHeight + nodeHeight / 2), height - headHeight);
  const head = placeHead(system, { x: 0, y: top, width: headWidth });
  return withEdges(system, { height, ...head, lanes }, sideways);
}

function lanesAlone(system: SystemShape, width: number): Layout {
  const { lanes, bottom } = placeLanes(system, { x: 0, y: 0, width });
  const height = Math.max(bottom - laneGap, 0);
  return withEdges(system, { height, sources: [], lanes }, sideways);
}

function downwards(system: SystemShape, width: number): Layout {
  if (hubOf(system) === undefined) return lanesAlone(system, width);
  const head = placeHead(system, { x: 0, y: 0, width });
  const top = head.bottom + 14;
  const { lanes, bottom } = placeLanes(system, { x: 22, y: top, width: width - 22 });
  return withEdges(system, { height: Math.max(bottom - laneGap, top), ...head, lanes }, fromAbove);
}

/** What its consumers hang on: the topic, or what brings events in place of one. */
export function hubOf({ topic, entrance }: SystemShape): Named | undefined {
  return topic ?? entrance;
}

type Room = { readonly x: number; readonly y: number; readonly width: number };

/** The sources, one above the other, and below them the topic. */
function placeHead(system: SystemShape, { x, y, width }: Room) {
  const indent = system.sources.length > 1 ? railRoom : 0;
  const pitch = pitchOf(system);
  const sources = system.sources.map((source, index) => ({
    ...source,
    box: { x: x + indent, y: y + index * pitch, width: width - indent, height: nodeHeight },
  }));
  const topicTop = y + headAbove(system);
  const topic = { x, y: topicTop, width, height: nodeHeight };
  return {
    sources,
    ...(hubOf(system) !== undefined && { topic }),
    bottom: topicTop + nodeHeight,
  };
}

/** From the top of one source to that of the next: those that share a rail stand closer. */
function pitchOf({ sources }: SystemShape): number {
  return nodeHeight + (sources.length > 1 ? railGap : sourceGap);
}

/** The height of the sources, with the gap between them and the topic. */
function headAbove(system: SystemShape): number {
  const { length } = system.sources;
  return length === 0 ? 0 : (length - 1) * pitchOf(system) + nodeHeight + sourceGap;
}

function placeLanes(system: SystemShape, room: Room): { lanes: Lane[]; bottom: number } {
  const lanes: Lane[] = [];
  let y = room.y;
  for (const consumer of system.consumers) {
    const lane = placeLane(consumer, { ...room, y });
    lanes.push(lane);
    y += titleHeight + nodeHeight + (lane.letters.length > 0 ? lettersHeight : 0) + laneGap;
  }
  return { lanes, bottom: y };
}

function placeLane(consumer: ConsumerShape, { x, y, width }: Room): Lane {
  const gap = Math.min(48, Math.round(width * 0.08));
  const half = Math.round((width - gap) / 2);
  const top = y + titleHeight;
  const endpoint = { x, y: top, width: half, height: nodeHeight };
  const polled = consumer.queue !== undefined && consumer.function !== undefined;
  return {
    consumer,
    title: { x, y, width, height: titleHeight },
    endpoint,
    ...(polled && { worker: { ...endpoint, x: x + half + gap, width: width - half - gap } }),
    letters: placeLetters(consumer, { x: x + 8, y: top + nodeHeight, width }),
  };
}

/** They hang below what fills them. */
function placeLetters(consumer: ConsumerShape, { x, y }: Room): Letters[] {
  const roles = ["deadLetters", "failures", "undelivered"] as const;
  return roles
    .flatMap((role) => {
      const queue = consumer[role];
      return queue === undefined ? [] : [{ role, arn: queue.arn }];
    })
    .map(({ role, arn }, index) => ({
      role,
      arn,
      box: {
        x: x + index * (lettersWidth + 6),
        y,
        width: lettersWidth,
        height: lettersHeight - 2,
      },
    }));
}

function middleOf(lanes: readonly Lane[]): number {
  const first = lanes[0]?.endpoint.y ?? 0;
  const last = lanes.at(-1)?.endpoint.y ?? 0;
  return (first + last + nodeHeight) / 2;
}

type Bend = (from: Box, to: Box) => string;

function withEdges(system: SystemShape, placed: Omit<Layout, "edges">, toEndpoint: Bend): Layout {
  const { sources, topic, lanes, height } = placed;
  const named = hubOf(system);
  if (topic === undefined || named === undefined) {
    return { height, sources, lanes, edges: lanes.flatMap(workEdges) };
  }
  const toTopic = sources.length > 1 ? alongRail : straightDown;
  const fromSources = sources.map(({ arn, box }) => edge(arn, named.arn, toTopic(box, topic)));
  const toLanes = lanes.flatMap((lane) => laneEdges(lane, named.arn, topic, toEndpoint));
  return { height, sources, topic, lanes, edges: [...fromSources, ...toLanes] };
}

function laneEdges(lane: Lane, topicArn: string, topic: Box, toEndpoint: Bend): Edge[] {
  const { consumer, endpoint, letters } = lane;
  const edges = [
    edge(topicArn, consumer.endpoint, toEndpoint(topic, endpoint)),
    ...workEdges(lane),
  ];
  for (const { role, arn, box } of letters) {
    const way =
      role === "undelivered"
        ? `${toEndpoint(topic, endpoint)} L ${middle(box).x} ${middle(box).y}`
        : straightDown(endpoint, box);
    edges.push({
      ...edge(role === "undelivered" ? topicArn : consumer.endpoint, arn, way),
      drawn: false,
    });
  }
  return edges;
}

/** From the queue to its function. */
function workEdges({ consumer, endpoint, worker }: Lane): Edge[] {
  const { queue, function: worked } = consumer;
  if (queue === undefined || worked === undefined || worker === undefined) return [];
  return [edge(queue.arn, worked.arn, sideways(endpoint, worker))];
}

function edge(from: string, to: string, path: string): Edge {
  return { from, to, path, drawn: true };
}

function sideways(from: Box, to: Box): string {
  const start = { x: from.x + from.width, y: middle(from).y };
  const end = { x: to.x, y: middle(to).y };
  if (start.y === end.y) return `M ${start.x} ${start.y} L ${end.x} ${end.y}`;
  const bend = (start.x + end.x) / 2;
  return `M ${start.x} ${start.y} C ${bend} ${start.y} ${bend} ${end.y} ${end.x} ${end.y}`;
}

/** Down along the left edge, and then to the right. */
function fromAbove(from: Box, to: Box): string {
  const x = from.x + 10;
  const y = middle(to).y;
  return `M ${x} ${from.y + from.height} L ${x} ${y - 8} Q ${x} ${y} ${x + 8} ${y} L ${to.x} ${y}`;
}

/** To the left, and then down beside the other sources, which are none of its stations. */
function alongRail(from: Box, to: Box): string {
  const x = to.x + railRoom / 2;
  const { y } = middle(from);
  return `M ${from.x} ${y} L ${x + 8} ${y} Q ${x} ${y} ${x} ${y + 8} L ${x} ${to.y}`;
}

function straightDown(from: Box, to: Box): string {
  const x = middle(to).x;
  return `M ${x} ${from.y + from.height} L ${x} ${to.y}`;
}

function middle({ x, y, width, height }: Box): { x: number; y: number } {
  return { x: x + width / 2, y: y + height / 2 };
}
