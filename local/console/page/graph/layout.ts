import type { ConsumerShape, Named, Source, SystemShape } from "../../systems/systemShape.ts";
import {
  alongRail,
  type Box,
  downBeside,
  fromAbove,
  middle,
  railRoom,
  sideways,
  straightDown,
  type Way,
} from "./ways.ts";

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
/** Between several sources. */
const railGap = 12;

/** Below it, the topic stands above its consumers. */
const narrow = 560;

/** A lane that is narrower has its function below its queue, both as wide as it is, and room for the way between. */
const narrowLane = 448;
const stackGap = 16;
/** From the right edge of a queue to the way from it. */
const wayInset = 16;

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
    y = bottomOf(lane) + laneGap;
  }
  return { lanes, bottom: y };
}

function bottomOf({ endpoint, worker, letters }: Lane): number {
  const hanging = endpoint.y + nodeHeight + (letters.length > 0 ? lettersHeight : 0);
  return worker === undefined ? hanging : Math.max(hanging, worker.y + nodeHeight);
}

function placeLane(consumer: ConsumerShape, { x, y, width }: Room): Lane {
  const isStacked = width < narrowLane;
  const isPolled = consumer.queue !== undefined && consumer.function !== undefined;
  const top = y + titleHeight;
  const gap = Math.min(48, Math.round(width * 0.08));
  const half = Math.round((width - gap) / 2);
  const endpoint = { x, y: top, width: isStacked ? width : half, height: nodeHeight };
  const room = isStacked && isPolled ? width - 2 * wayInset : width;
  const letters = placeLetters(consumer, { x: x + 8, y: top + nodeHeight, width: room - 8 });
  const below = top + nodeHeight + (letters.length > 0 ? lettersHeight : 0) + stackGap;
  const worker = isStacked
    ? { ...endpoint, y: below }
    : { ...endpoint, x: x + half + gap, width: width - half - gap };
  return {
    consumer,
    title: { x, y, width, height: titleHeight },
    endpoint,
    ...(isPolled && { worker }),
    letters,
  };
}

const lettersGap = 6;

/** They hang below what fills them. */
function placeLetters(consumer: ConsumerShape, { x, y, width: room }: Room): Letters[] {
  const roles = ["deadLetters", "failures", "undelivered"] as const;
  const own = roles.flatMap((role) => {
    const queue = consumer[role];
    return queue === undefined ? [] : [{ role, arn: queue.arn }];
  });
  const share = Math.floor((room - lettersGap * (own.length - 1)) / own.length);
  const width = Math.min(lettersWidth, share);
  return own.map(({ role, arn }, index) => ({
    role,
    arn,
    box: { x: x + index * (width + lettersGap), y, width, height: lettersHeight - 2 },
  }));
}

function middleOf(lanes: readonly Lane[]): number {
  const first = lanes[0]?.endpoint.y ?? 0;
  const last = lanes.at(-1)?.endpoint.y ?? 0;
  return (first + last + nodeHeight) / 2;
}

function withEdges(system: SystemShape, placed: Omit<Layout, "edges">, toEndpoint: Way): Layout {
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

function laneEdges(lane: Lane, topicArn: string, topic: Box, toEndpoint: Way): Edge[] {
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
  const way: Way = worker.y > endpoint.y ? downBeside(wayInset) : sideways;
  return [edge(queue.arn, worked.arn, way(endpoint, worker))];
}

function edge(from: string, to: string, path: string): Edge {
  return { from, to, path, drawn: true };
}
