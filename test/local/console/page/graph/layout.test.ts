import { expect } from "chai";
import { layOut } from "../../../../../local/console/page/graph/layout.ts";
import type { Box } from "../../../../../local/console/page/graph/ways.ts";
import type {
  ConsumerShape,
  SystemShape,
} from "../../../../../local/console/systems/systemShape.ts";

const named = (name: string) => ({ arn: `arn:${name}`, name });

function consumer(name: string, others: Partial<ConsumerShape> = {}): ConsumerShape {
  return {
    name,
    subscriptionArn: `arn:subscription:${name}`,
    protocol: "sqs",
    endpoint: `arn:${name}`,
    confirmed: true,
    raw: false,
    queue: named(name),
    function: named(`${name}-function`),
    deadLetters: named(`${name}-dlq`),
    ...others,
  };
}

function system(consumers: ConsumerShape[], sources = ["bucket"]): SystemShape {
  return {
    name: "s",
    inProgram: true,
    topic: { ...named("topic"), fifo: false },
    sources: sources.map((name) => ({ ...named(name), kind: "bucket" })),
    consumers,
    otherQueues: [],
  };
}

function boxesOf(shape: SystemShape, width: number): Box[] {
  const { sources, topic, lanes } = layOut(shape, width);
  return [
    ...sources.map(({ box }) => box),
    ...(topic ? [topic] : []),
    ...lanes.flatMap(({ title, endpoint, worker, letters }) => [
      title,
      endpoint,
      ...(worker ? [worker] : []),
      ...letters.map(({ box }) => box),
    ]),
  ];
}

const apart = (a: Box, b: Box) =>
  a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;

const shapes: Record<string, SystemShape> = {
  "one consumer and a bucket": system([consumer("a")]),
  "one consumer and three buckets": system([consumer("a")], ["b", "c", "d"]),
  "twelve consumers": system(Array.from({ length: 12 }, (_, index) => consumer(`c-${index}`))),
  "consumers of every kind": system([
    consumer("queue", { undelivered: named("u") }),
    consumer("direct", { protocol: "lambda", queue: undefined, failures: named("f") }),
    consumer("mail", { protocol: "email", endpoint: "a@b", queue: undefined, function: undefined }),
  ]),
};

describe("the layout of a system", () => {
  for (const [name, shape] of Object.entries(shapes)) {
    for (const width of [280, 343, 559, 560, 900, 1400]) {
      it(`keeps everything of ${name} apart and inside, ${width} pixels wide`, () => {
        const { height } = layOut(shape, width);
        const boxes = boxesOf(shape, width);
        for (const [index, box] of boxes.entries()) {
          expect(box.x, "left").to.be.at.least(0);
          expect(box.y, "top").to.be.at.least(0);
          expect(box.x + box.width, "right").to.be.at.most(width);
          expect(box.y + box.height, "bottom").to.be.at.most(height);
          for (const other of boxes.slice(index + 1)) {
            expect(apart(box, other), JSON.stringify([box, other])).to.equal(true);
          }
        }
      });
    }
  }

  it("has an edge for each way that an event can take, as hops name it", () => {
    const { edges } = layOut(shapes["consumers of every kind"] ?? system([]), 900);
    expect(
      edges.map(({ from, to, drawn }) => `${from} > ${to}${drawn ? "" : " (seldom)"}`),
    ).to.deep.equal([
      "arn:bucket > arn:topic",
      "arn:topic > arn:queue",
      "arn:queue > arn:queue-function",
      "arn:queue > arn:queue-dlq (seldom)",
      "arn:topic > arn:u (seldom)",
      "arn:topic > arn:direct",
      "arn:direct > arn:direct-dlq (seldom)",
      "arn:direct > arn:f (seldom)",
      "arn:topic > a@b",
      "a@b > arn:mail-dlq (seldom)",
    ]);
  });

  it("flows to the right where there is room, and downwards where there is not", () => {
    const wide = layOut(system([consumer("a")]), 900);
    expect(wide.lanes[0]?.endpoint.x).to.be.above((wide.topic?.x ?? 0) + (wide.topic?.width ?? 0));
    const narrow = layOut(system([consumer("a")]), 343);
    expect(narrow.lanes[0]?.title.y).to.be.above(narrow.topic?.y ?? 0);
  });

  it("gives a queue and its function the whole width of a phone, one below the other", () => {
    for (const width of [264, 343, 460]) {
      const [lane] = layOut(system([consumer("a", { undelivered: named("u") })]), width).lanes;
      const { endpoint, worker, title } = lane ?? {};
      expect(endpoint?.width)
        .to.equal(title?.width)
        .and.to.be.at.least(width - 22);
      expect(worker).to.deep.equal({ ...endpoint, y: worker?.y });
      expect(worker?.y).to.be.above((endpoint?.y ?? 0) + 40 + 24);
      // What hangs below the queue leaves room for the way to the function.
      const right = Math.max(...(lane?.letters ?? []).map(({ box }) => box.x + box.width));
      expect(right).to.be.at.most((endpoint?.x ?? 0) + (endpoint?.width ?? 0) - 24);
    }
    const [beside] = layOut(system([consumer("a")]), 500).lanes;
    expect(beside?.worker?.y).to.equal(beside?.endpoint.y);
  });
});
